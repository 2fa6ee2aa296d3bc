using ClassContact.Kit.Call;
using ClassContact.Kit.Screen;
using Xunit;
using static ClassContact.Kit.Tests.Screen.Situations;

namespace ClassContact.Kit.Tests.Screen;

public sealed class OverlayTests
{
    private static readonly KitFacts Unplugged = TheKit with { HasKeyboard = false };

    private static string? Line(CallState state, KitFacts? kit = null) =>
        Room.Overlay(state, kit ?? TheKit, Now, Words.Of("fr"))?.Lines[^1].Text.Replace('\u00a0', ' ');

    [Fact]
    public void A_class_that_is_open_and_alone_says_so() =>
        Assert.Equal("La classe est ouverte, l’élève peut se connecter", Line(new CallState.Open(Launch(), Tracks.None)));

    [Fact]
    public void With_the_pupil_there_nothing_is_in_the_way() => Assert.Null(Line(new CallState.WithPupil(Launch(), Tracks.None, Now)));

    [Theory]
    [InlineData(Tracks.Camera, "L’élève ne voit pas la classe : vérifiez la prise USB de la caméra")]
    [InlineData(Tracks.Microphone, "L’élève n’entend pas la classe : vérifiez la prise USB du micro")]
    [InlineData(Tracks.Both, "L’élève ne voit et n’entend rien : vérifiez les prises USB de la caméra et du micro")]
    public void What_does_not_reach_the_pupil_names_the_plug(Tracks missing, string line)
    {
        Assert.Equal(line, Line(new CallState.WithPupil(Launch(), missing, Now)));
        Assert.Equal(line, Line(new CallState.Open(Launch(), missing), Unplugged));
    }

    [Fact]
    public void A_keyboard_that_was_pulled_out_is_named_for_nobody_can_end_the_class_without_it()
    {
        Assert.Equal("Le clavier est débranché : rebranchez sa prise USB", Line(new CallState.Open(Launch(), Tracks.None), Unplugged));
        Assert.Equal("Le clavier est débranché : rebranchez sa prise USB", Line(new CallState.WithPupil(Launch(), Tracks.None, Now), Unplugged));
    }

    [Fact]
    public void An_end_that_can_be_undone_counts_down_and_names_the_start_key()
    {
        var view = Assert.Single(Room.Overlay(new CallState.WithPupil(Launch(), Tracks.Camera, Now, Undo), TheKit, Now, Words.Of("fr"))!.Lines);
        Assert.Equal("La classe se ferme dans {seconds} s — appuyez sur F9 pour continuer", view.Text.Replace('\u00a0', ' '));
        Assert.Equal(3, view.Seconds);
    }

    [Fact]
    public void A_tapped_end_key_is_told_to_be_held() =>
        Assert.Equal("Maintenez F10 une seconde pour terminer", Line(new CallState.WithPupil(Launch(), Tracks.None, Now, Hold)));

    [Theory]
    [InlineData(null, null, "La classe démarre : la caméra s’ouvre…")]
    [InlineData(30, null, "La classe démarre : le micro s’ouvre…")]
    [InlineData(30, 40, "La classe démarre : dernière étape…")]
    public void A_loaded_meeting_says_what_is_awaited(int? camera, int? microphone, string line) =>
        Assert.Equal(line, Line(Joining(Milestone.Joined, Launch(camera, microphone))));

    [Fact]
    public void A_call_that_comes_back_says_so_in_one_line() =>
        Assert.Equal("Un instant : la classe revient toute seule", Line(Joining(Milestone.Joined, recovers: Cause.PageHung)));

    [Fact]
    public void A_muted_microphone_is_said_large_once_the_page_has_muted_it()
    {
        var muted = Launch() with { Muted = true };
        ScreenLine First(CallState state) => Room.Overlay(state, TheKit, Now, Words.Of("fr"))!.Lines[0];
        Assert.Equal((Mood.Trouble, "Micro coupé — F8 pour le rouvrir", true), Parts(First(new CallState.WithPupil(muted, Tracks.None, Now, null, new(Muted: true)))));
        Assert.Equal((Mood.Attention, "Le micro se coupe…", false), Parts(First(new CallState.WithPupil(muted, Tracks.None, Now, null, new(Muted: false)))));

        static (Mood, string, bool) Parts(ScreenLine line) => (line.Mood, line.Text, line.IsLarge);
    }

    [Fact]
    public void A_pupil_who_lost_the_connection_is_told_apart_from_a_network_that_is_down()
    {
        Assert.Equal("L’élève a perdu sa connexion : la classe reste ouverte pour lui", Line(new CallState.Open(Launch(), Tracks.None, null, new(Doubt: new(Now, PageLink.PeerBroken, true)))));
        Assert.Equal("Le réseau est coupé : la classe revient d’elle-même", Line(new CallState.Interrupted(Launch(), Cause.NetworkLost, Now, Now)));
    }

    [Fact]
    public void What_the_helpdesk_says_stands_over_a_class_where_nothing_else_does() => Assert.Equal(
        ["Bonjour"], Room.Overlay(new CallState.WithPupil(Launch(), Tracks.None, Now), TheKit with { Said = [new(Mood.Ready, "Bonjour")] }, Now, Words.Of("fr"))!.Lines.Select(l => l.Text));

    [Fact]
    public void Where_there_is_no_meeting_there_is_no_overlay()
    {
        Assert.Null(Line(new CallState.Standby()));
        Assert.Null(Line(new CallState.Faulted(null, Cause.PageHung)));
    }
}
