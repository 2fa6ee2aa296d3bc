namespace ClassContact.Messages.Tests;

/// <summary>Documents of every kind, with every member of every enum, with all that may be missing and without.</summary>
internal static class Samples
{
    internal static readonly DateTimeOffset Monday = new(2026, 11, 23, 8, 30, 0, 123, TimeSpan.Zero);

    internal static readonly LaunchReceipt Bare = new("0011223344556677", Monday, "key");

    internal static readonly LaunchReceipt Full = new("0011223344556677", Monday, "press", 2, 1, 2, 3, 4, 5, 6, "joined");

    private static readonly LessonMinutes Minutes = new(50, 48.21, 45.3, 0.5, 0, 0.1);

    internal static readonly LessonRecord BareLesson = new("0011223344556677", Monday, Monday, LessonVerdict.Good, "as-it-should-be", Minutes, new(0, 0, 0, 0), 0);

    internal static readonly LessonRecord FullLesson = BareLesson with
    {
        Lost = new(0.1, 0.2, 0.3, 0.4), Recoveries = 2, Sent = new(new(3.9, 4.3), new(12, 30), new(360, 720)), Received = new(Sound: new(1, 2)),
        Receipt = Full, Changed = [new("browser", "Chrome/155", "Chrome/156")],
    };

    internal static Stamp Stamp(ClockState clock = ClockState.Synced, double uptime = 12.345, string boot = "0123456789abcdef", string session = "fedcba9876543210") =>
        new(Messages.Stamp.Version, Monday, uptime, clock, boot, session);

    /// <summary>The schema's name and the document as our code writes it.</summary>
    internal static IEnumerable<(string Schema, byte[] Document)> All()
    {
        foreach (var clock in Enum.GetValues<ClockState>())
            foreach (var state in Enum.GetValues<PresenceState>())
                yield return ("presence", Wire.Write(Stamp(clock), new Presence(state, state is PresenceState.Lost)));
        foreach (var browser in new[] { null, "Chromium 156" })
            yield return ("about", Wire.Write(Stamp(), new About("0.1.0", "Debian", browser, "École \"x\"", "2B\n", "vectera", browser is null ? [] : ["call", "keys"])));
        foreach (var state in Enum.GetValues<CallPhase>())
            foreach (var receipt in new[] { null, Bare, Full })
                yield return ("call", Wire.Write(Stamp(), new CallStatus(state, Monday, receipt is null ? null : "page-not-loaded", receipt is null ? [] : ["camera"], receipt, receipt is null ? null : true)));
        foreach (var state in Enum.GetValues<KitHealth>())
            yield return ("health", Wire.Write(Stamp(), new HealthStatus(state, Monday, state is KitHealth.Ready ? null : "camera-present", state is KitHealth.Checking ? [] : [.. Checks()])));
        foreach (var ready in new[] { true, false })
            yield return ("selftest", Wire.Write(Stamp(), new Selftest(Monday, 12.3, ready, ready ? [] : [.. Checks()])));
        yield return ("event", Wire.Write(Stamp(), new KitEvent(5, "diagnosis", Monday, "not-ready", Diagnosis: new(Monday, 12.3, false, [.. Checks()]))));
        yield return ("metrics", Wire.Write(Stamp(), new Metrics([])));
        yield return ("metrics", Wire.Write(Stamp(), new Metrics([new("system.cpu.utilization", 0.25, "1"), new("classcontact.call.packets_received", 1e9, "{packet}", 5)])));
        foreach (var receipt in new[] { null, Bare, Full })
            yield return ("event", Wire.Write(Stamp(uptime: 0), new KitEvent(1, "call-started", Monday, receipt is null ? null : "browser-gone", receipt)));
        foreach (var verdict in Enum.GetValues<LessonVerdict>())
            foreach (var lesson in new[] { BareLesson, FullLesson })
                yield return ("event", Wire.Write(Stamp(), new KitEvent(1, "lesson", Monday, Lesson: lesson with { Verdict = verdict })));
        foreach (var phase in Enum.GetValues<CallPhase>())
            yield return ("event", Wire.Write(Stamp(), new KitEvent(2, "help", Monday, null, Full, Help: Help(phase))));
        yield return ("event", Wire.Write(Stamp(), new KitEvent(3, "help", Monday, Help: new(CallPhase.Standby, Monday, [], [], []))));
        yield return ("event", Wire.Write(Stamp(), new KitEvent(4, "events-dropped", Monday, "outbox-full", Journal: "0123456789abcdef", Historical: true, Dropped: new(7, 12))));
        foreach (var outcome in Enum.GetValues<Outcome>())
            yield return ("reply", Wire.Write(Stamp(), new Reply("a1", ShowMessage.Named, outcome, outcome is Outcome.Refused ? "too-long" : null)));
        yield return ("reply", Wire.Write(Stamp(), new Reply("a1", RequestName.SendBundle, Outcome.Done, Bundle: new("bxl-0042-20261123T083012Z-3f9a1c7b.tar.gz", 412345))));
        foreach (var text in new[] { "Bonjour ! 😀", new string('é', ShowMessage.Longest) })
            yield return ("show-message", Wire.WriteRequest(Request, new ShowMessage(text)));
        foreach (var level in SetLogLevel.Levels)
            yield return ("set-log-level", Wire.WriteRequest(Request, new SetLogLevel(level, SetLogLevel.Longest)));
        foreach (var name in RequestName.All.Except([RequestName.ShowMessage, RequestName.SetLogLevel]))
            yield return (name, Wire.WriteRequest(Request));
    }

    internal static Request Request { get; } = new(Messages.Stamp.Version, "0123456789abcdef", Monday);

    private static HelpReport Help(CallPhase phase) => new(
        phase, Monday, ["microphone"], [new("camera-present", "none"), new("network-dns")],
        [new(59.5, [new("classcontact.call.packets_received", 17, "{packet}")]), new(0, [])]);

    private static IEnumerable<CheckStatus> Checks() =>
        from severity in Enum.GetValues<Severity>()
        from verdict in Enum.GetValues<Verdict>()
        select verdict is Verdict.Pass
            ? new CheckStatus("camera-present", severity, verdict, Monday)
            : new("network-dns", severity, verdict, Monday, "not-there", "Webcam \"C270\"", "network-link", [new("classcontact.network.dns.duration", 12.5, "ms", 1000)]);
}
