using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>A kit that sleeps in a class: what it shows is true within ten seconds of waking.</summary>
[Trait("Length", "long")]
public sealed class SuspendTests
{
    [Fact]
    public async Task A_kit_that_wakes_up_goes_on_or_comes_back_and_never_shows_what_is_over()
    {
        var folder = Artifacts.Folder(nameof(SuspendTests));
        await using var kit = await WholeKit.Start(folder, clockCanBeSet: true, open: async () => await JanusMeeting.Open(folder, sessionSeconds: 30));
        await kit.Reaches("standby");
        Assert.Equal(0, (await kit.Agent.Command("press", "start")).Code);
        await kit.PupilJoins();
        await kit.Reaches("with-pupil");

        await Sleeps(kit, seconds: 20, "+20m");
        var nap = new Timing(kit);
        await Sees(kit);
        await kit.Reaches("with-pupil");
        nap.Is("the class goes on", within: 20);
        Assert.DoesNotContain(kit.Heard, l => l.Contains("\"attempts\":2", StringComparison.Ordinal)); // nothing was opened anew

        await Sleeps(kit, seconds: 60, "+2h"); // Janus has dropped it by then
        var sleep = new Timing(kit);
        await sleep.Hears("\"state\":\"recovering\"", within: 20); // 10 s by the issue
        await sleep.HearsItOpen(within: 40);
        await kit.Reaches("with-pupil");
        await Sees(kit);
        sleep.Is("the class is back", within: 40);
    }

    // Real seconds, and a wall clock that has jumped when it wakes.
    private static async Task Sleeps(WholeKit kit, int seconds, string clock)
    {
        kit.Suspend();
        kit.Agent.SetClock(clock);
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        kit.Resume();
    }

    private static async Task Sees(WholeKit kit)
    {
        var before = await kit.Pupil!.Receives();
        await WaitFor.That("pictures at the pupil's", kit.Pupil.Receives, r => r.Frames < before.Frames || r.Frames > before.Frames + 10);
    }
}
