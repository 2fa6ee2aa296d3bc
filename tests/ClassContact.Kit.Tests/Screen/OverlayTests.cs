using ClassContact.Kit.Call;
using ClassContact.Kit.Screen;
using Xunit;
using static ClassContact.Kit.Tests.Screen.Situations;

namespace ClassContact.Kit.Tests.Screen;

public sealed class OverlayTests
{
    private static readonly KitFacts Unplugged = TheKit with { HasKeyboard = false };

    private static string? Line(CallState state, KitFacts? kit = null) =>
        Room.Overlay(state, kit ?? TheKit, Now, Words.Of("fr"))?.Text.Replace('\u00a0', ' ');

    [Fact]
    public void A_class_that_is_open_and_alone_says_so() =>
        Assert.Equal("La classe est ouverte, l’élève peut se connecter", Line(new CallState.Open(Launch(), Tracks.None)));

    [Fact]
    public void With_the_pupil_there_nothing_is_in_the_way()
    {
        Assert.Null(Line(new CallState.WithPupil(Launch(), Tracks.None, Now)));
        Assert.Null(Line(new CallState.WithPupil(Launch(), Tracks.None, Now), Unplugged));
    }

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
    public void A_keyboard_that_was_pulled_out_is_named_while_the_class_is_alone() =>
        Assert.Equal("Le clavier est débranché : rebranchez sa prise USB", Line(new CallState.Open(Launch(), Tracks.None), Unplugged));

    [Fact]
    public void An_end_that_can_be_undone_counts_down_and_names_the_start_key()
    {
        var view = Room.Overlay(new CallState.WithPupil(Launch(), Tracks.Camera, Now, Undo), TheKit, Now, Words.Of("fr"))!;
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
    public void Where_there_is_no_meeting_there_is_no_overlay()
    {
        Assert.Null(Line(new CallState.Standby()));
        Assert.Null(Line(new CallState.Faulted(null, Cause.PageHung)));
    }
}
