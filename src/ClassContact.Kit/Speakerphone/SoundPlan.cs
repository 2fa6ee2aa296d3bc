using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Speakerphone;

/// <summary>One run of one of the sound server's tools.</summary>
internal sealed record SoundStep(string Program, ImmutableArray<string> Arguments);

/// <summary>What is wrong with the sound, judged as the checks judge it, and what sets it right.</summary>
/// <param name="Wrong">What is wrong.</param>
/// <param name="Steps">What to run; none for what is right already.</param>
[SupportedOSPlatform("linux")]
internal sealed record SoundPlan(ImmutableArray<SoundFault> Wrong, ImmutableArray<SoundStep> Steps)
{
    // What WirePlumber 0.4 gives a device that it sees for the first time: 40 % for loudspeakers, all for microphones. A volume of one per cent
    // would please the check and nobody in the room.
    private const string Loud = "40%";
    private const string Open = "100%";

    /// <summary>The plan for what the server has; a half that is missing keeps nobody from setting the other right.</summary>
    public static SoundPlan Of(SoundGraph graph, SpeakerphoneSettings settings)
    {
        if (settings.Absent)
            return new([], []);
        var device = SpeakerphoneDevice.In(graph, settings);
        return new(
            [.. Faults(graph, device)],
            [
                .. StepsOf(device?.Loudspeaker, graph.DefaultLoudspeaker, "default.configured.audio.sink", Loud),
                .. StepsOf(device?.Microphone, graph.DefaultMicrophone, "default.configured.audio.source", Open),
            ]);
    }

    private static IEnumerable<SoundFault> Faults(SoundGraph graph, SpeakerphoneDevice? device)
    {
        List<(string Check, Finding Finding)> findings = [(SpeakerphoneChecks.Present, SpeakerphoneChecks.IsPresent(graph, device))];
        if (device is { Loudspeaker: { } loudspeaker, Microphone: { } microphone })
        {
            findings.Add((SpeakerphoneChecks.Default, SpeakerphoneChecks.IsDefault(graph, loudspeaker, microphone)));
            findings.Add((SpeakerphoneChecks.Muted, SpeakerphoneChecks.IsNotMuted(graph, loudspeaker, microphone)));
            findings.Add((SpeakerphoneChecks.Volume, SpeakerphoneChecks.HasVolume(graph, loudspeaker, microphone)));
        }
        return findings.Where(f => f.Finding.Verdict is Verdict.Fail or Verdict.Warn).Select(f => new SoundFault(f.Check, f.Finding.Reason!));
    }

    private static IEnumerable<SoundStep> StepsOf(SoundNode? node, string? isDefault, string key, string volume)
    {
        if (node is null)
            yield break;
        // wpctl's set-default takes no virtual microphone; it writes the same as this.
        if (node.Name != isDefault)
            yield return new("pw-metadata", ["0", key, $$"""{ "name": "{{JsonEncodedText.Encode(node.Name)}}" }""", "Spa:String:JSON"]);
        if (node.Id?.ToString(CultureInfo.InvariantCulture) is not { } id)
            yield break;
        if (node.IsMuted == true)
            yield return new("wpctl", ["set-mute", id, "0"]);
        if (node.Percent == 0)
            yield return new("wpctl", ["set-volume", id, volume]);
    }
}
