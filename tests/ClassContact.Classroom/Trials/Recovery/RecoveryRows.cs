namespace ClassContact.Classroom.Trials.Recovery;

/// <summary>The table of faults, with the limits that were set for each.</summary>
public static class RecoveryRows
{
    private static readonly Func<double, TimeSpan> S = TimeSpan.FromSeconds;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RecoveryRow> All { get; } =
    [
        new("agent", "agent killed, four times in a row", Agent) { Open = S(3) },
        new("page", "renderer killed", s => s.Breaks(Kill(s, BrowserPart.Page))) { Notice = S(10), Open = S(15) },
        new("loop", "page in an endless loop", s => s.Breaks(() => s.Kit.Kiosk.Type("F9", clickFirst: true))) { Notice = S(10), Open = S(15) },
        new("browser", "browser killed", s => s.Breaks(Kill(s, BrowserPart.Browser))) { Open = S(20) },
        new("graphics", "GPU process killed three times", Graphics) { Open = S(20) },
        new("network-process", "browser's network process killed", s => s.Breaks(Kill(s, BrowserPart.Network))) { Open = S(20) },
        new("camera", "camera unplugged for 8 s", s => Unplug(s, Device.Camera)) { Notice = S(5), Open = S(15) },
        new("microphone", "speakerphone unplugged for 8 s", s => Unplug(s, Device.Speakerphone)) { Notice = S(5), Open = S(15) },
        new("camera-process", "video capture process killed", s => s.Breaks(Kill(s, BrowserPart.Camera))) { Notice = S(5), Open = S(15) },
        new("sound-process", "audio process killed", s => s.Breaks(Kill(s, BrowserPart.Sound))) { Notice = S(5), Open = S(15) },
        new("udp-5", "UDP dropped for 5 s", s => s.Passes(s.Kit.Cable.DropUdp, S(5), s.Kit.Cable.Mend)),
        new("cable-5", "cable pulled for 5 s", s => s.Passes(s.Kit.Cable.Pull, S(5), s.Kit.Cable.PlugIn)),
        new("lost-5", "every packet lost for 5 s", s => s.Passes(s.Kit.Cable.LoseAll, S(5), s.Kit.Cable.Mend)),
        new("udp-60", "UDP dropped for 60 s", s => s.Lasts(s.Kit.Cable.DropUdp, S(60), s.Kit.Cable.Mend)) { Open = S(15) },
        new("cable-60", "cable pulled for 60 s", s => s.Lasts(s.Kit.Cable.Pull, S(60), s.Kit.Cable.PlugIn)) { Open = S(15) },
        new("cable-300", "cable pulled for five minutes", s => s.Lasts(s.Kit.Cable.Pull, S(300), s.Kit.Cable.PlugIn)) { Open = S(15), TakesLong = true },
        new("pupil", "pupil vanishes, another comes", Pupil),
        new("meeting", "meeting's server restarts", Meeting),
        new("broker", "broker stopped for 10 s", s => s.Passes(Do(s.Kit.Broker.Stop), S(10), Do(s.Kit.Broker.Continue))),
        new("suspend-20", "asleep for 20 s, clock jumped by an hour", s => Suspend(s, S(20))) { Notice = S(10), Open = S(15), ClockJumps = true },
        new("suspend-90", "asleep for 90 s, clock jumped by an hour", s => Suspend(s, S(90))) { Notice = S(10), Open = S(15), ClockJumps = true },
    ];

    private static Func<Task> Kill(Scene scene, BrowserPart part) => () => scene.Kit.Kiosk.Send(part, Signal.Kill) > 0
        ? Task.CompletedTask
        : throw new InvalidOperationException($"there is no {part} to kill");

    private static Func<Task> Do(Action what) => () =>
    {
        what();
        return Task.CompletedTask;
    };

    private static async Task<Try> Agent(Scene scene)
    {
        var (begin, heard, worst) = (Moment.Now, scene.Kit.Heard.Count, TimeSpan.Zero);
        for (var i = 0; i < 4; i++)
        {
            var killed = Moment.Now;
            await scene.Kit.Agent.Kill();
            await scene.Told.First(killed, t => t.State is null, WaitFor.Generous); // what the last one told is not the next one's
            scene.Kit.Agent.StartAgain();
            var started = Moment.Now;
            if (await scene.Told.First(started, Watching.IsWell, WaitFor.Generous) is not { } known)
                return new(Failed: "the new agent does not know the call");
            worst = known - started > worst ? known - started : worst;
        }
        var time = new Stretch(begin, Moment.Now);
        var still = scene.Pupil.LongestStill(time);
        var ended = scene.Kit.Heard.Skip(heard).Any(line => line.Contains("\"call-ended\"", StringComparison.Ordinal) || line.Contains("\"state\":\"standby\"", StringComparison.Ordinal));
        return new(null, worst, still, still > PupilDiary.Pause ? $"the picture stood still for {still.TotalSeconds:0.0} s"
            : ended ? "the helpdesk was told that it ended"
            : scene.Told.In(time).Any(t => t.Attempts > scene.AttemptsBefore) ? "restarted" : null);
    }

    // The first two kills leave no trace; the third ends the browser.
    private static async Task<Try> Graphics(Scene scene)
    {
        for (var i = 0; i < 2; i++)
        {
            var before = scene.Kit.Kiosk.Processes(BrowserPart.Graphics);
            await Kill(scene, BrowserPart.Graphics)();
            await WaitFor.That("another GPU process", () => scene.Kit.Kiosk.Processes(BrowserPart.Graphics).Except(before).Any());
        }
        return await scene.Breaks(Kill(scene, BrowserPart.Graphics));
    }

    private static Task<Try> Unplug(Scene scene, Device device) =>
        scene.Lasts(() => scene.Kit.Kiosk.Unplug(device), S(8), () => scene.Kit.Kiosk.PlugIn(device));

    private static async Task<Try> Pupil(Scene scene)
    {
        var at = Moment.Now;
        await scene.Kit.Pupil!.Vanish();
        var missed = await scene.Told.First(at, t => t.State is "open", TimeSpan.FromSeconds(40));
        await scene.AnotherPupil();
        var back = Moment.Now;
        var seen = await scene.Pupil.Both(back, WaitFor.Generous);
        var told = scene.Told.In(new(at, Moment.Now));
        return new(missed - at, null, seen - back, missed is null ? "not missed"
            : told.Any(t => t.Attempts > scene.AttemptsBefore || !t.IsOpen) ? "restarted, or told as trouble of ours"
            : seen is null ? "the class did not come to the next pupil" : null);
    }

    // Janus forgets the pupil, too: the pupil's page has to come in again.
    private static async Task<Try> Meeting(Scene scene)
    {
        var entering = Task.CompletedTask;
        var tried = await scene.Lasts(scene.Kit.Meeting.Kill, S(3), async () =>
        {
            await scene.Kit.Meeting.Start();
            entering = scene.Kit.Pupil!.Enter();
        });
        await entering;
        return tried;
    }

    private static async Task<Try> Suspend(Scene scene, TimeSpan time)
    {
        scene.Kit.Suspend();
        await Task.Delay(time);
        scene.Kit.Agent.SetClock("+1h");
        scene.Kit.Resume();
        var woke = Moment.Now;
        var noticed = await scene.Told.First(woke, t => t is { State: not null, IsOpen: false }, TimeSpan.FromSeconds(40)); // open is not true until it was asked
        var seen = await scene.Pupil.Both(woke, TimeSpan.FromSeconds(75));
        var open = seen is { } s ? await scene.Told.First(s, Watching.IsWell, WaitFor.Generous) : null;
        return new(noticed - woke, open - woke, seen - woke, seen is null ? "nothing came to the pupil again" : null);
    }
}
