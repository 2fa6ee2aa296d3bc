using System.Runtime.Versioning;
using ClassContact.Kit.Settings;
using ClassContact.Messages;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Lesson;

/// <summary>What is around the kit in a lesson: what the checks know anyway, and where things are plugged in. Every value may leave the kit.</summary>
/// <param name="folders">For the network's key.</param>
/// <param name="health">What the checks have found.</param>
/// <param name="browser">Product and version; null until one was seen.</param>
/// <param name="log">Gets what cannot be read.</param>
[SupportedOSPlatform("linux")]
public sealed class Around(FolderSettings folders, Func<HealthStatus> health, Func<string?> browser, ILogger log)
{
    private readonly UsbPorts ports = new();
    private readonly NetworkMark network = new(folders.Data, log);

    /// <summary>What is known of it now, each by its code; what nobody knows is not in it.</summary>
    public IReadOnlyDictionary<string, string> Read() => Of(health(), browser(), ports.Cameras, ports.Sound, network.Read());

    internal static IReadOnlyDictionary<string, string> Of(HealthStatus health, string? browser, string? cameraPort, string? soundPort, string? network)
    {
        var checks = health.Checks.ToDictionary(check => check.Code);
        (string What, string? Value)[] all =
        [
            ("browser", browser),
            ("camera", Found("camera-present")), ("camera-port", cameraPort),
            ("speakerphone", Found("speakerphone-present")), ("sound-port", soundPort),
            ("default-sound", Found("speakerphone-default")),
            ("loudspeaker-volume", Measured("speakerphone-volume", "classcontact.speakerphone.loudspeaker.volume")),
            ("microphone-volume", Measured("speakerphone-volume", "classcontact.speakerphone.microphone.volume")),
            ("network-kind", Found("network-link")), ("network-address", Found("network-address")), ("network", network),
            ("udp", checks.GetValueOrDefault("udp")?.Verdict switch { Verdict.Pass => "passes", Verdict.Warn => "blocked", _ => null }),
        ];
        return all.Where(a => a.Value is not null).ToDictionary(a => a.What, a => a.Value!);

        // What is amiss without a name to it (no camera) is told by its reason.
        string? Found(string code) => checks.GetValueOrDefault(code) is { Verdict: Verdict.Pass or Verdict.Warn or Verdict.Fail } check ? check.Found ?? check.Reason : null;

        string? Measured(string code, string name) =>
            checks.GetValueOrDefault(code)?.Measures?.FirstOrDefault(m => m.Name == name) is { } m ? FormattableString.Invariant($"{m.Value:0.##} {m.Unit}") : null;
    }
}
