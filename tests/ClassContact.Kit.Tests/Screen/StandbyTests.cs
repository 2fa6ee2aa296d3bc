using ClassContact.Kit.Call;
using ClassContact.Kit.Health;
using ClassContact.Kit.Screen;
using ClassContact.Messages;
using Xunit;
using static ClassContact.Kit.Tests.Screen.Situations;

namespace ClassContact.Kit.Tests.Screen;

public sealed class StandbyTests
{
    private static readonly Words French = Words.Of("fr");

    private static ScreenView Show(CallState state, KitFacts? kit = null, DateTimeOffset? wallClock = null) =>
        Room.Standby(state, kit ?? TheKit, Now, wallClock ?? Monday, French);

    [Fact]
    public void A_ready_kit_shows_school_room_the_key_whom_to_call_and_that_nothing_is_recorded()
    {
        var view = Show(new CallState.Standby());
        Assert.Equal(("École du Parc", "Local 12", Mood.Ready), (view.School, view.Room, view.Mood));
        Assert.Equal("Appuyez sur F9 pour ouvrir la classe", $"{view.Key!.Press} {view.Key.Caps.Single()} {view.Key.Does}");
        Assert.Equal("02 726 40 55", view.Helpdesk.Number.Replace('\u00a0', ' '));
        Assert.Equal("Aucun enregistrement", view.Promise);
        Assert.Empty(view.Troubles);
    }

    [Fact]
    public void A_chord_is_shown_as_its_keys() =>
        Assert.Equal(["Ctrl", "Alt", "F9"], Show(new CallState.Standby(), TheKit with { StartKey = "Ctrl + Alt + F9" }).Key!.Caps);

    [Fact]
    public void Without_a_keyboard_the_room_is_told_to_plug_it_and_no_key_is_asked_for()
    {
        var view = Show(new CallState.Standby(), WithoutKeyboard);
        Assert.Equal((Mood.Attention, Picture.Keyboard), (view.Mood, view.Picture));
        Assert.Equal(Picture.Keyboard, Assert.Single(view.Troubles).Picture);
        Assert.Null(view.Key);
    }

    [Fact]
    public void A_missing_keyboard_stands_before_the_fault_because_the_key_is_needed_to_try_again()
    {
        var view = Show(new CallState.Faulted(Launch(), Cause.CameraNotOpened), WithoutKeyboard);
        Assert.Equal([Picture.Keyboard, Picture.Camera], view.Troubles.Select(trouble => trouble.Picture));
        Assert.Equal(Mood.Trouble, view.Mood);
        Assert.Null(view.Key);
    }

    [Fact]
    public void A_missing_keyboard_never_hides_a_call_that_is_under_way()
    {
        var without = TheKit with { HasKeyboard = false, Faults = [.. Enum.GetValues<Thing>().Select(thing => Fault(thing))] };
        Assert.All(
            All().Where(state => state is CallState.Consented or CallState.Ending),
            state => Assert.Equal(Show(state).Headline, Show(state, without).Headline));
    }

    [Theory]
    [InlineData(Thing.Camera, Mood.Attention)]
    [InlineData(Thing.Speakerphone, Mood.Attention)]
    [InlineData(Thing.Network, Mood.Trouble)]
    [InlineData(Thing.Screen, Mood.Trouble)]
    [InlineData(Thing.Kit, Mood.Trouble)]
    public void What_stops_a_call_is_shown_with_its_picture_and_a_press_works_all_the_same(Thing thing, Mood mood)
    {
        var view = Show(new CallState.Standby(), TheKit with { Faults = [Fault(thing)] });
        Assert.Equal((mood, view.Picture), (view.Mood, Assert.Single(view.Troubles).Picture));
        Assert.Equal("Appuyez sur F9 pour ouvrir la classe quand même", $"{view.Key!.Press} {view.Key.Caps.Single()} {view.Key.Does}");
    }

    [Fact]
    public void What_only_degrades_a_call_leaves_the_kit_ready_and_is_shown_small()
    {
        var view = Show(new CallState.Standby(), TheKit with { Faults = [Fault(Thing.Network, Severity.Degrades)] });
        Assert.Equal((Mood.Ready, null, "Prêt pour la classe"), (view.Mood, view.Picture, view.Headline));
        Assert.True(Assert.Single(view.Troubles).IsSmall);
    }

    [Fact]
    public void What_only_the_helpdesk_should_know_is_not_shown() => Assert.Equal(
        Json(Show(new CallState.Standby())), Json(Show(new CallState.Standby(), TheKit with { Faults = [Fault(Thing.Kit, Severity.Informs)] })));

    [Fact]
    public void Of_many_faults_four_are_shown_the_keyboard_first_and_the_small_ones_last()
    {
        var view = Show(new CallState.Standby(), TheKit with
        {
            Faults = [Fault(Thing.Camera), Fault(Thing.Network), Fault(Thing.Keyboard), Fault(Thing.Kit, Severity.Degrades), Fault(Thing.Screen, Severity.Degrades)],
        });
        Assert.Equal([Picture.Keyboard, Picture.Camera, Picture.Network, Picture.Kit], view.Troubles.Select(t => t.Picture));
        Assert.Equal((Mood.Trouble, null), (view.Mood, view.Key));
    }

    [Fact]
    public void What_the_helpdesk_says_is_on_the_page_in_every_state_also_beside_a_fault()
    {
        ScreenLine[] said = [new(Mood.Attention, "Un instant.")];
        Assert.All(Situations.All(), state => Assert.Equal(said, Show(state, TheKit with { Said = said, Faults = [Fault(Thing.Camera)] }).Said));
    }

    [Fact]
    public void A_launch_that_failed_for_what_a_check_knows_tells_it_once()
    {
        var failed = new CallState.Faulted(Launch(), Cause.PageNotLoaded);
        Assert.Equal("Le kit a remarqué quelque chose d’anormal.", Assert.Single(Show(failed, TheKit with { Faults = [Fault(Thing.Network)] }).Troubles).What);
        Assert.Equal([Picture.Network, Picture.Camera], Show(failed, TheKit with { Faults = [Fault(Thing.Camera)] }).Troubles.Select(t => t.Picture));
    }

    [Theory]
    [InlineData(Milestone.BrowserReady, null, null, "doing todo todo todo todo")]
    [InlineData(Milestone.PageLoaded, null, null, "done doing todo todo todo")]
    [InlineData(Milestone.Joined, null, null, "done done doing todo todo")]
    [InlineData(Milestone.Joined, 30, null, "done done done doing todo")]
    [InlineData(Milestone.Joined, null, 40, "done done doing done todo")]
    [InlineData(Milestone.Joined, 30, 40, "done done done done doing")]
    [InlineData(Milestone.MicrophoneOpen, 30, null, "done done done doing todo")]
    public void A_starting_call_is_shown_step_by_step(Milestone waiting, int? camera, int? microphone, string steps)
    {
        var view = Show(Joining(waiting, Launch(camera, microphone)));
        Assert.Equal(steps, States(view));
        Assert.Equal(["Navigateur", "Page de la classe", "Caméra", "Micro", "Classe ouverte"], view.Steps.Select(step => step.Label));
    }

    [Theory]
    [InlineData(Cause.BrowserLost, "failed todo todo todo todo")]
    [InlineData(Cause.PageNotLoaded, "done failed todo todo todo")]
    [InlineData(Cause.MicrophoneNotOpened, "done done done failed todo")]
    [InlineData(Cause.NotJoined, "done done done done failed")]
    public void Between_two_attempts_the_step_that_failed_is_marked_and_the_wait_counted(Cause cause, string steps)
    {
        var view = Show(Retrying(cause));
        Assert.Equal(steps, States(view));
        Assert.Equal(2, view.Seconds);
    }

    [Fact]
    public void A_call_that_broke_says_why_and_that_nothing_is_to_be_done()
    {
        var view = Show(Joining(Milestone.PageLoaded, recovers: Cause.PageCrashed));
        Assert.Equal("La page de la classe s’est arrêtée. Le kit rouvre la classe, vous n’avez rien à faire.", view.Sentence);
    }

    [Theory]
    [MemberData(nameof(Causes))]
    public void Every_fault_has_a_picture_a_sentence_a_remedy_the_number_and_the_key(string language, Cause cause)
    {
        var view = Room.Standby(new CallState.Faulted(Launch(), cause), TheKit, Now, Monday, Words.Of(language));
        var trouble = Assert.Single(view.Troubles);
        Assert.EndsWith(".", trouble.What, StringComparison.Ordinal);
        Assert.EndsWith(".", trouble.Remedy, StringComparison.Ordinal);
        Assert.Equal((Mood.Trouble, trouble.Picture), (view.Mood, view.Picture));
        Assert.Equal("F9", Assert.Single(view.Key!.Caps));
        Assert.NotEmpty(view.Helpdesk.Now!);
    }

    public static TheoryData<string, Cause> Causes() =>
        [.. from language in Words.Languages from cause in Enum.GetValues<Cause>() select (language, cause)];

    [Fact]
    public void A_call_that_had_been_open_was_interrupted_and_one_that_had_not_did_not_open()
    {
        Assert.Equal("La classe s’est interrompue", Show(new CallState.Faulted(Launch(30, 40, 50), Cause.BrowserLost)).Headline);
        Assert.Equal("La classe ne s’est pas ouverte", Show(new CallState.Faulted(Launch(), Cause.BrowserLost)).Headline);
        Assert.Equal("La classe s’est interrompue", Show(new CallState.Faulted(null, Cause.AgentRestarted)).Headline);
    }

    [Fact]
    public void A_clock_that_is_not_trusted_tells_the_hours_but_not_whether_it_is_open_now()
    {
        var helpdesk = Room.Standby(new CallState.Standby(), TheKit, Now, null, French).Helpdesk;
        Assert.Equal((null, null), (helpdesk.Now, helpdesk.IsOpen));
        Assert.NotEmpty(helpdesk.Hours);
    }

    [Fact]
    public void Seconds_are_given_exactly_where_a_sentence_counts_them()
    {
        Assert.All(Words.Languages.SelectMany(language => Screens(Words.Of(language))), view =>
            Assert.Equal(view.Sentence.Contains("{seconds}", StringComparison.Ordinal), view.Seconds is not null));
        Assert.All(Words.Languages.SelectMany(language => Overlays(Words.Of(language))).SelectMany(view => view.Lines), view =>
            Assert.Equal(view.Text.Contains("{seconds}", StringComparison.Ordinal), view.Seconds is not null));
    }

    [Fact]
    public void The_pages_get_kebab_case_words_and_no_nulls() => Assert.Equal(
        """{"language":"fr","lines":[{"mood":"attention","text":"La classe se ferme dans {seconds} s — appuyez sur F9 pour continuer","seconds":3,"isLarge":false}]}""",
        Json(Room.Overlay(new CallState.Open(Launch(), Tracks.None, Undo), TheKit, Now, French)!).Replace('\u00a0', ' '));

    private static string States(ScreenView view) =>
        string.Join(' ', view.Steps.Select(step => step.State.ToString().ToLowerInvariant()));
}
