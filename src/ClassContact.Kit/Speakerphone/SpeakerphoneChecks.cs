using System.Collections.Immutable;
using System.Runtime.Versioning;
using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Speakerphone;

/// <summary>What is checked of the speakerphone, without playing or recording anything. All share one look at the sound server.</summary>
[SupportedOSPlatform("linux")]
internal sealed class SpeakerphoneChecks(SpeakerphoneSettings settings, SoundServer sound)
{
    /// <summary>The server's own check, which explains all others of sound.</summary>
    internal const string Server = "sound-server";

    /// <summary>The speakerphone's own check.</summary>
    internal const string Present = "speakerphone-present";

    /// <summary>The code of the check that the meeting will take it.</summary>
    internal const string Default = "speakerphone-default";

    /// <summary>The code of the check of its mixer's switches.</summary>
    internal const string Muted = "speakerphone-muted";

    /// <summary>The code of the check of its mixer's volumes.</summary>
    internal const string Volume = "speakerphone-volume";

    private const string DeclaredAbsent = "declared-absent";
    private const string NoSoundServer = "no-sound-server";
    private const string NoSpeakerphone = "no-speakerphone";

    // The kiosk's session starts again a second after it ended, and its server then needs some 3 s (measured) to list what is there.
    private static readonly TimeSpan ServerGrace = TimeSpan.FromSeconds(20);

    // A reset on the USB bus takes up to 2 s (measured), the server's listing another, and the move of the default a third.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Causes before what they cause.</summary>
    public IReadOnlyList<Check> All =>
    [
        new(Server, Severity.StopsCalls, Thing.Speakerphone,
            [SoundServer.NoAnswer, SoundServer.Hangs, SoundServer.Garbled, SoundServer.NoTool], LookAtServer) { Grace = ServerGrace, On = Wakes.Device | Wakes.Kiosk },
        Of(Present, [Server], ["none", "another", "no-microphone", "no-loudspeaker"], IsPresent),
        // The meeting takes the defaults and does not choose: a wrong one is a silent class. A screen plugged in may take the default.
        OfWhole(Default, ["display", "other-loudspeaker", "other-microphone", "no-default"], IsDefault) with { On = Wakes.Device | Wakes.Display | Wakes.Kiosk },
        OfWhole(Muted, ["microphone", "loudspeaker", "both", "unknown"], IsNotMuted),
        OfWhole(Volume, ["microphone", "loudspeaker", "both", "unknown"], HasVolume),
    ];

    private Check Of(string code, ImmutableArray<string> dependsOn, ImmutableArray<string> reasons, Func<SoundGraph, SpeakerphoneDevice?, Finding> judge) =>
        new(code, Severity.StopsCalls, Thing.Speakerphone, [.. reasons, NoSoundServer, DeclaredAbsent], ct => Judge(judge, ct))
        {
            Grace = Grace, On = Wakes.Device | Wakes.Kiosk, DependsOn = dependsOn,
        };

    // Of a speakerphone that has both halves.
    private Check OfWhole(string code, ImmutableArray<string> reasons, Func<SoundGraph, SoundNode, SoundNode, Finding> judge) =>
        Of(code, [Server, Present], [.. reasons, NoSpeakerphone], (graph, device) =>
            device is { Loudspeaker: { } loudspeaker, Microphone: { } microphone } ? judge(graph, loudspeaker, microphone) : Finding.Skipped(NoSpeakerphone));

    private async Task<Finding> LookAtServer(CancellationToken ct) => await sound.Look(ct) switch
    {
        { Trouble: null } => Finding.Pass(),
        { Trouble: SoundServer.NoTool } => Finding.CannotTell(SoundServer.NoTool, Path.GetFileName(sound.Program)),
        { Trouble: var trouble } => Finding.Fail(trouble, Path.GetFileName(sound.Program)),
    };

    private async Task<Finding> Judge(Func<SoundGraph, SpeakerphoneDevice?, Finding> judge, CancellationToken ct) =>
        settings.Absent ? Finding.Skipped(DeclaredAbsent)
        : (await sound.Look(ct)).Graph is not { } graph ? Finding.Skipped(NoSoundServer)
        : judge(graph, SpeakerphoneDevice.In(graph, settings));

    internal static Finding IsPresent(SoundGraph graph, SpeakerphoneDevice? device) => device switch
    {
        null => Finding.Fail("none"),
        { Microphone: null } => Finding.Fail("no-microphone", device.Told),
        { Loudspeaker: null } => Finding.Fail("no-loudspeaker", device.Told),
        { IsExpected: false } => Finding.Warn("another", device.Told),
        _ => new(Verdict.Pass, Found: device.Told),
    };

    internal static Finding IsDefault(SoundGraph graph, SoundNode loudspeaker, SoundNode microphone) =>
        graph is { DefaultLoudspeaker: null } or { DefaultMicrophone: null } ? Finding.Fail("no-default")
        : loudspeaker.Name != graph.DefaultLoudspeaker ? Stolen(graph)
        : microphone.Name != graph.DefaultMicrophone ? Finding.Fail("other-microphone", Named(graph, graph.DefaultMicrophone)?.Told)
        : new(Verdict.Pass, Found: loudspeaker.Told);

    private static Finding Stolen(SoundGraph graph)
    {
        var thief = Named(graph, graph.DefaultLoudspeaker);
        return Finding.Fail(thief is { IsDisplay: true } ? "display" : "other-loudspeaker", thief?.Told);
    }

    internal static Finding IsNotMuted(SoundGraph graph, SoundNode loudspeaker, SoundNode microphone) => (loudspeaker.IsMuted, microphone.IsMuted) switch
    {
        (true, true) => Finding.Fail("both"),
        (true, _) => Finding.Fail("loudspeaker"),
        (_, true) => Finding.Fail("microphone"),
        (false, false) => Finding.Pass(),
        _ => Finding.CannotTell("unknown"),
    };

    internal static Finding HasVolume(SoundGraph graph, SoundNode loudspeaker, SoundNode microphone)
    {
        if (loudspeaker.Percent is not { } loud || microphone.Percent is not { } heard)
            return Finding.CannotTell("unknown");
        ImmutableArray<Measure> measures =
        [
            new("classcontact.speakerphone.loudspeaker.volume", loud, "%", Limit: 1),
            new("classcontact.speakerphone.microphone.volume", heard, "%", Limit: 1),
        ];
        return (loud, heard) switch
        {
            (0, 0) => Finding.Fail("both", null, measures),
            (0, _) => Finding.Fail("loudspeaker", null, measures),
            (_, 0) => Finding.Fail("microphone", null, measures),
            _ => Finding.Pass(measures),
        };
    }

    private static SoundNode? Named(SoundGraph graph, string? name) => graph.Nodes.FirstOrDefault(node => node.Name == name);
}
