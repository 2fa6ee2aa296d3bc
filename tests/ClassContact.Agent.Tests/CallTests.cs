using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests;

/// <summary>The teacher's way in a real browser and a real meeting.</summary>
public sealed class CallTests : KitTests
{
    [Fact]
    public async Task A_class_opens_alone_stays_open_and_ends()
    {
        await OpenTheClass();
        var opened = await Call();
        Assert.Contains("\"missing\":[]", opened);
        foreach (var milestone in new[] { "browserReady", "pageLoaded", "cameraOpen", "microphoneOpen", "joined" })
            Assert.Contains($"\"{milestone}\":", opened);
        Assert.DoesNotContain("firstRemoteMedia", opened);

        await Press("start"); // a second press changes nothing
        Assert.Equal(opened, await Call());

        await Press("end");
        await Kit.Reaches("standby");
        Assert.False(File.Exists(Path.Combine(Kit.Agent.RunFolder, "consent.json")));
        await WaitFor.That("the news", () => string.Join('\n', Kit.Heard.Where(l => l.Contains("/event ")).Select(EventName)), e => e.Contains("call-ended", StringComparison.Ordinal));
        Assert.Equal(["call-started", "call-open", "call-ended"], Kit.Heard.Where(l => l.Contains("/event ")).Select(EventName).Where(n => n.StartsWith("call", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_late_pupil_comes_and_goes_and_the_class_stays_open()
    {
        await OpenTheClass();
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        Assert.Contains("firstRemoteMedia", await Call());
        await WaitFor.That("the class at the pupil's", Kit.Pupil!.Received, packets => packets > 50);
        await Kit.PupilLeaves();
        await Kit.Reaches("open");
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        Assert.Single(Kit.Heard, l => l.Contains("\"call-open\""));
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_muted_pupil_is_still_there()
    {
        await OpenTheClass();
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        await Kit.Pupil!.Click("#mute");
        var before = await Kit.Pupil.Received();
        await WaitFor.That("ten seconds of class", Kit.Pupil.Received, packets => packets > before + 800);
        Assert.Contains("\"with-pupil\"", await Call());
        Assert.DoesNotContain("pupil-left", string.Join('\n', Kit.Heard));
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task An_end_without_a_hold_can_be_undone()
    {
        await OpenTheClass();
        await Press("end");
        await Press("start");
        await Lasts(TimeSpan.FromSeconds(5)); // the undo has three
        Assert.Contains("\"open\"", await Call());
        Assert.DoesNotContain(Kit.Heard, l => l.Contains("\"ending\""));
    }

    [Fact]
    public async Task Without_the_meetings_server_the_room_gets_a_sentence_and_a_press_tries_again()
    {
        await Kit.Meeting.Kill();
        await Press("start");
        await Kit.Reaches("faulted");
        var failed = await Call();
        Assert.Contains("\"cause\":\"meeting-lost\"", failed);
        Assert.Contains("\"stoppedAt\":\"pageLoaded\"", failed);
        Assert.Contains("\"attempts\":3", failed);
        Assert.False(File.Exists(Path.Combine(Kit.Agent.RunFolder, "consent.json")));

        await Kit.Meeting.Start();
        await OpenTheClass();
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_browser_that_dies_in_a_call_comes_back_into_it_without_a_press()
    {
        await OpenTheClass();
        Kit.Kiosk.KillBrowser();
        await Kit.Reaches("recovering");
        await Kit.Reaches("open");
        Assert.Contains(Kit.Heard, l => l.Contains("\"call-recovering\"") && l.Contains("\"browser-lost\""));
    }

    [Fact]
    public async Task After_the_end_nobody_gets_back_into_the_class_by_the_browsers_history()
    {
        await OpenTheClass();
        await Press("end");
        await Kit.Reaches("standby");
        await Kit.PupilJoins();
        await Kit.Kiosk.Type("alt+Left");
        await Kit.Kiosk.Type("F5");
        await Lasts(TimeSpan.FromSeconds(3));
        Assert.Equal(0, await Kit.Pupil!.Received());
        await Kit.Agent.Kill();
        Assert.Equal("file:", await Kit.Kiosk.Ask("location.protocol"));
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_room_that_goes_back_in_the_history_during_a_class_is_back_in_the_class()
    {
        await OpenTheClass();
        await Kit.Kiosk.Type("alt+Left");
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        Assert.DoesNotContain(Kit.Heard, l => l.Contains("\"call-ended\"") || l.Contains("\"call-failed\""));
    }

    [Fact]
    public async Task The_overlay_is_over_the_meeting_and_nowhere_else()
    {
        await OpenTheClass();
        await Kit.Agent.Kill(); // two controllers at once would take each other's answers
        Assert.Equal("1", await Kit.Kiosk.Ask(Overlays));
        Assert.Equal("false", await Kit.Kiosk.Ask("document.body.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))")); // the browser's menu
        Kit.Agent.StartAgain();
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        await Kit.Agent.Kill();
        Assert.Equal("0", await Kit.Kiosk.Ask(Overlays));
    }

    [Fact]
    public async Task The_broker_is_not_on_the_teachers_way()
    {
        await Kit.Broker.Kill();
        await OpenTheClass();
        await Press("end");
        await Kit.Reaches("standby");
        Kit.Agent.Process.Send(Signal.Stop); // whoever listens has to be back before the kit is: events are not retained
        await Kit.Broker.Start();
        await Kit.IsHeardAgain();
        Kit.Agent.Process.Send(Signal.Continue);
        await WaitFor.That("all that happened meanwhile", () => string.Join(' ', Kit.Heard.Where(l => l.Contains("/event ")).Select(EventName)),
            names => names.EndsWith("call-started call-open call-ended lesson", StringComparison.Ordinal), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task A_second_agent_of_the_same_kit_does_not_start()
    {
        var (code, output) = await Kit.Agent.Command("run");
        Assert.Equal(5, code);
        Assert.Contains("another agent runs already", output);
        Assert.Equal("standby", (await Kit.Agent.Status())!.Value.GetProperty("call").GetProperty("state").GetString());
    }

    private const string Overlays = "document.querySelectorAll('classcontact-overlay').length";

    private static string EventName(string line) => line.Split("\"name\":\"")[1].Split('"')[0];
}
