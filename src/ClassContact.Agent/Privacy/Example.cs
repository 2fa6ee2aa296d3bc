using System.Text;
using ClassContact.Messages;

namespace ClassContact.Agent.Privacy;

/// <summary>A document of each channel with every field that it may hold, made from the types that are sent.</summary>
internal static class Example
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 8, 30, 12, 345, TimeSpan.Zero);

    private static readonly Stamp Stamp = new(Stamp.Version, At, 4211.07, ClockState.Synced, "6f1c0d9a2b7e4853", "90ab12cd34ef5678");

    private static readonly LaunchReceipt Receipt = new("8c1f20aa9d31", At.AddSeconds(-1), "key", 1, 3, 131, 402, 398, 560, 41210, "joined");

    private static readonly Measure Handshake = new("classcontact.network.tls.duration", 48.2, "ms", 3000);

    private static readonly LessonQuality Quality = new(new(3.9, 4.3), new(12, 30), new(360, 720));

    private static readonly LessonRecord Lesson = new(
        Receipt.Id, At.AddMinutes(-50), At, LessonVerdict.Disturbed, "lost-network", new(50.01, 48.21, 45.3, 0, 0, 0), new(0, 0, 1.79, 0), 1, Quality, Quality, Receipt,
        [new("browser", "Chrome/141.0.0.0", "Chrome/142.0.0.0")]);
    private static readonly HelpReport Help = new(
        CallPhase.Faulted, At, ["camera"], [new("camera-present", "none")],
        [new(10.2, [new("classcontact.call.packets_received", 4117, "{packet}")]), new(0, [Handshake])]);

    /// <summary>JSON as it is sent.</summary>
    public static string Of(Channel channel) => Encoding.UTF8.GetString(channel switch
    {
        Channel.Presence => Wire.Write(Stamp, new Presence(PresenceState.Online)),
        Channel.About => Wire.Write(Stamp, new About(
            "0.1.0", "Debian GNU/Linux 12 (bookworm)", "Chrome/142.0.0.0", "École des Tilleuls, Schaerbeek", "5e B, local 12", "vectera", ["presence", "call", "event", "health", "metrics"])),
        Channel.Call => Wire.Write(Stamp, new CallStatus(CallPhase.Recovering, At, "page-not-loaded", ["camera"], Receipt, Muted: true)),
        Channel.Event => Wire.Write(Stamp, new KitEvent(17, "help", At, "page-not-loaded", Receipt, Lesson, Help, "9be24d0a71c3f586", Historical: true, Dropped: new(3, 12))),
        Channel.Health => Wire.Write(Stamp, new HealthStatus(KitHealth.NotReady, At, "camera-present",
        [
            new("camera-present", Severity.StopsCalls, Verdict.Fail, At, "none"),
            new("camera-expected", Severity.Degrades, Verdict.Fail, At, "another", "HD Webcam C270", "camera-present"),
            new("meeting-tls", Severity.StopsCalls, Verdict.Pass, At, Measures: [Handshake]),
        ])),
        Channel.Selftest => Wire.Write(Stamp, new Selftest(At.AddSeconds(-4.2), 4.2, false,
        [
            new("camera-present", Severity.StopsCalls, Verdict.Fail, At, "none"),
            new("camera-expected", Severity.Degrades, Verdict.Fail, At, "another", "HD Webcam C270", "camera-present"),
            new("meeting-tls", Severity.StopsCalls, Verdict.Pass, At, Measures: [Handshake]),
        ])),
        Channel.Metrics => Wire.Write(Stamp, new Metrics([new("system.memory.usage", 1_634_009_088, "By"), new("classcontact.network.dns.duration", 12.4, "ms", 1000)])),
        Channel.Reply => Wire.Write(Stamp, new Reply("3f9a1c7be2d04856", ShowMessage.Named, Outcome.Refused, "too-long")),
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "no example of it yet"),
    });
}
