using ClassContact.Classroom.VecteraStandIn;
using ClassContact.Kit.Call;

namespace ClassContact.Classroom.Trials.Lessons;

/// <summary>
/// What goes wrong in schools. The far side comes first, then the school's network, plugs, and our own programs: the order of what products like ours
/// write in their help pages; the proportions are an estimate, and stand here to be set right by what real kits tell.
/// </summary>
public static class LessonFaults
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<LessonFault> All { get; } = [.. OfThePupil(), .. OfTheNetwork(), .. OfOurs(), .. OfOthers()];

    private static IEnumerable<LessonFault> OfThePupil()
    {
        yield return new("pupil-leaves", Side.FarSide, 10, (2, 4), k => k.Pupil!.Leave(), k => k.Pupil!.Enter()) { Denies = Denied.Both, Wanted = ["pupil-left", "far-side"] };
        yield return new("pupil-muted", null, 8, (2, 4), k => k.Pupil!.Mute(), k => k.Pupil!.Mute());
        yield return new("pupil-camera-off", null, 6, (2, 4), k => k.Pupil!.CameraOff(), k => k.Pupil!.CameraOff());
        yield return new("pupil-stutters", Side.FarSide, 8, (2, 4), Do(k => k.Pupil!.Sleep()), Do(k => k.Pupil!.Wake())) { Denies = Denied.Both, Wanted = ["pupil-left", "far-side"] };
        yield return new("pupil-freezes", Side.FarSide, 6, (12, 14), Do(k => k.Pupil!.Sleep()), Do(k => k.Pupil!.Wake()))
            { Denies = Denied.Both, Wanted = ["pupil-left", "far-side"], MustBeTold = true };
        yield return new("pupil-vanishes", Side.FarSide, 6, (12, 14), k => k.Pupil!.Vanish(), Another)
            { Denies = Denied.Both, Wanted = ["pupil-left", "far-side"], MustBeTold = true };
    }

    private static IEnumerable<LessonFault> OfTheNetwork()
    {
        yield return new("tenth-lost", Side.Network, 8, (3, 6), k => k.Cable.Lose(10), k => k.Cable.Mend()) { Wanted = ["network-lost"] };
        yield return new("udp-stutters", Side.Network, 4, (2, 4), k => k.Cable.DropUdp(), k => k.Cable.Mend()) { Denies = Denied.Both, Wanted = ["network-lost", "pupil-left"] };
        yield return new("cable-loose", Side.Network, 6, (2, 4), k => k.Cable.Pull(), k => k.Cable.PlugIn()) { Denies = Denied.Both, Wanted = ["network-lost", "pupil-left"] };
        yield return new("cable-out", Side.Network, 3, (20, 25), k => k.Cable.Pull(), k => k.Cable.PlugIn())
            { Denies = Denied.Both, Wanted = ["network-lost"], MustBeTold = true };
        yield return new("cable-out-at-launch", Side.Network, 3, (1, 3), k => k.Cable.Pull(), k => k.Cable.PlugIn())
            { Denies = Denied.Both, Wanted = ["page-not-loaded", "network-lost"], AtLaunch = true };
    }

    private static IEnumerable<LessonFault> OfOurs()
    {
        yield return new("camera-out", Side.Ours, 5, (6, 9), k => k.Kiosk.Unplug(Device.Camera), k => k.Kiosk.PlugIn(Device.Camera))
            { Denies = Denied.Picture, Wanted = ["camera", "camera-lost"], MustBeTold = true };
        yield return new("speakerphone-out", Side.Ours, 5, (6, 9), k => k.Kiosk.Unplug(Device.Speakerphone), k => k.Kiosk.PlugIn(Device.Speakerphone))
            { Denies = Denied.Sound, Wanted = ["microphone", "microphone-lost"], MustBeTold = true };
        yield return Killed("page", 3, BrowserPart.Page, "page-crashed");
        yield return Killed("browser", 2, BrowserPart.Browser, "browser-lost", "browser-not-answering");
        yield return Killed("camera-process", 1, BrowserPart.Camera, "camera", "camera-lost");
        yield return Killed("sound-process", 1, BrowserPart.Sound, "microphone", "microphone-lost");
        yield return new("page-hangs", Side.Ours, 2, (0, 0), Do(k => k.Kiosk.SendRenderers(Signal.Stop))) { Wanted = ["page-hung", "browser-lost", "browser-not-answering"], MustBeTold = true };
        yield return new("agent-killed", Side.Ours, 3, (0.5, 2), k => k.Agent.Kill(), Do(k => k.Agent.StartAgain())) { Wanted = ["agent-restarted"] };
    }

    private static IEnumerable<LessonFault> OfOthers()
    {
        yield return new("meeting-restarts", null, 3, (1, 3), k => k.Meeting.Kill(), k => k.Meeting.Start()); // sound and picture go straight to the pupil
        yield return new("meeting-errs-at-launch", Side.Meeting, 3, (1, 3), Answer(Answers.WithAnError), Answer(Answers.WithTheRoom))
            { Denies = Denied.Both, Wanted = ["page-not-loaded", "not-joined", "meeting-lost"], AtLaunch = true };
        yield return new("broker-stands", null, 4, (2, 6), Do(k => k.Broker.Stop()), Do(k => k.Broker.Continue()));
    }

    private static LessonFault Killed(string name, int weight, BrowserPart part, params string[] told) =>
        new($"{name}-killed", Side.Ours, weight, (0, 0), Do(k => k.Kiosk.Send(part, Signal.Kill))) { Wanted = told, MustBeTold = true };

    private static Func<WholeKit, Task> Do(Action<WholeKit> what) => kit =>
    {
        what(kit);
        return Task.CompletedTask;
    };

    private static Func<WholeKit, Task> Answer(Answers answers) => Do(kit => ((StandIn)kit.Meeting).Answers = answers);

    private static async Task Another(WholeKit kit)
    {
        await kit.PupilLeaves();
        await kit.PupilJoins();
    }
}
