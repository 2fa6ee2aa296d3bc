using System.Globalization;
using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Faults;

/// <summary>A fault that a test causes is really there, and really undone: the page's own evidence, in a class whose agent is gone, so that nothing mends it.</summary>
[Trait("Length", "long")]
public sealed class InjectorTests : IAsyncLifetime
{
    // Of our own script's notes: what the page opened, and what comes from the pupil.
    private const string Tracks = "window[Symbol.for('classcontact')].tracks.map(t => t.kind + ' ' + t.readyState).sort().join(', ')";
    private const string Devices = "navigator.mediaDevices.enumerateDevices().then(all => [...new Set(all.map(d => d.kind))].sort().join(', '))";
    private const string Received =
        "Promise.all(window[Symbol.for('classcontact')].connections.map(c => c.deref()?.getStats())).then(all => all.flatMap(s => [...s?.values() ?? []]).reduce((n, s) => n + (s.type === 'inbound-rtp' ? s.packetsReceived : 0), 0))";

    private const string All = "audioinput, audiooutput, videoinput";

    private WholeKit kit = null!;

    public async ValueTask InitializeAsync()
    {
        kit = await WholeKit.Start(Artifacts.Folder(TestContext.Current.TestMethod!.MethodName), network: true);
        await kit.Reaches("standby");
        await kit.Agent.Command("press", "start");
        await kit.Reaches("open");
        await kit.Agent.Kill();
    }

    public async ValueTask DisposeAsync() => await kit.DisposeAsync();

    [Fact]
    public async Task A_camera_that_is_unplugged_ends_its_track_is_listed_by_nobody_and_can_be_opened_again_once_it_is_back()
    {
        await Page(Tracks, "audio live, video live");
        await Page(Devices, All);
        await kit.Kiosk.Unplug(Device.Camera);
        await Page(Tracks, "audio live, video ended");
        await Page(Devices, "audioinput, audiooutput");
        await kit.Kiosk.PlugIn(Device.Camera);
        await Page(Devices, All);
        await Page("navigator.mediaDevices.getUserMedia({ video: true }).then(s => s.getTracks()[0].readyState)", "live");
    }

    [Fact]
    public async Task A_speakerphone_that_is_unplugged_and_plugged_in_again()
    {
        await kit.Kiosk.Unplug(Device.Speakerphone);
        await Page(Devices, "audiooutput, videoinput"); // the sound server puts a dummy output in the place of a missing one
        await kit.Kiosk.PlugIn(Device.Speakerphone);
        await Page(Devices, All);
        await Page("navigator.mediaDevices.getUserMedia({ audio: true }).then(s => s.getTracks()[0].readyState)", "live");
    }

    [Fact]
    public async Task A_pulled_cable_stops_the_pupils_sound_and_picture_and_they_come_back_with_it()
    {
        await kit.PupilJoins();
        await Flows();
        Assert.Equal("true", await kit.Kiosk.Ask("navigator.onLine"));
        await kit.Cable.Pull();
        await Page("navigator.onLine", "false");
        await WaitFor.Still("what comes from the pupil", () => kit.Kiosk.Ask(Received));
        await kit.Cable.PlugIn();
        await Flows();
    }

    [Fact]
    public async Task A_kit_that_sleeps_does_nothing_until_it_wakes()
    {
        await kit.PupilJoins();
        await WaitFor.That("the class at the pupil's", kit.Pupil!.Received, packets => packets > 50);
        kit.Suspend();
        var before = await WaitFor.Still("the class at the pupil's", kit.Pupil.Received);
        kit.Resume();
        await WaitFor.That("the class at the pupil's again", kit.Pupil.Received, packets => packets > before + 50);
    }

    [Theory]
    [InlineData(BrowserPart.Network)]
    [InlineData(BrowserPart.Sound)]
    [InlineData(BrowserPart.Camera)]
    [InlineData(BrowserPart.Graphics)]
    [InlineData(BrowserPart.Page)]
    [InlineData(BrowserPart.Browser)]
    public async Task A_part_of_the_browser_that_is_killed_is_gone(BrowserPart part)
    {
        var before = kit.Kiosk.Processes(part);
        Assert.NotEmpty(before);
        Assert.Equal(before.Count, kit.Kiosk.Send(part, Signal.Kill));
        await WaitFor.That("its end", () => kit.Kiosk.Processes(part).Intersect(before).Count(), left => left == 0);
    }

    private Task<string> Page(string expression, string value) => WaitFor.That($"{expression} to be '{value}'", () => kit.Kiosk.Ask(expression), seen => seen == value);

    private async Task Flows()
    {
        var before = long.Parse(await kit.Kiosk.Ask(Received), CultureInfo.InvariantCulture);
        await WaitFor.That("packets of the pupil", async () => long.Parse(await kit.Kiosk.Ask(Received), CultureInfo.InvariantCulture), now => now > before + 50);
    }
}
