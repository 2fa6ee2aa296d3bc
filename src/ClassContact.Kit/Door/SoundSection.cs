using System.Globalization;
using System.Runtime.Versioning;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Speakerphone;
using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Door;

/// <summary>The volume of the kit's loudspeaker and microphone, seen and set by the sound server's own tools.</summary>
/// <param name="settings">The speakerphone that the kit was shipped with.</param>
/// <param name="kiosk">The kiosk's runtime folder, with the server's socket.</param>
/// <param name="words">The language.</param>
/// <param name="time">Of the deadlines.</param>
[SupportedOSPlatform("linux")]
internal sealed class SoundSection(SpeakerphoneSettings settings, string kiosk, Words words, TimeProvider time) : IDisposable
{
    private const string Id = "sound";

    private readonly SoundServer server = new(kiosk, time);
    private readonly Tool tool = new(time);
    private volatile SpeakerphoneDevice? device;

    /// <summary>The section.</summary>
    public DoorSection Section() => new(Id, View, new Dictionary<string, DoorDeed> { ["sound.look"] = (_, ct) => Look(ct), ["sound.set"] = Set }) { First = "sound.look" };

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();

    private DoorSectionView View()
    {
        var (speaker, microphone) = (device?.Loudspeaker, device?.Microphone);
        return DoorSection.Titled(
            Id, words,
            [new(words["door.sound.device"], (speaker ?? microphone)?.Told ?? words["door.status.missing"], speaker is null || microphone is null ? Mood.Attention : null)],
            [
                .. speaker is null ? Array.Empty<DoorField>() : [Volume("speaker", speaker)],
                .. microphone is null ? Array.Empty<DoorField>() : [Volume("microphone", microphone)],
            ],
            "set", "look");
    }

    private DoorField Volume(string id, SoundNode node) =>
        new(id, words[$"door.sound.{id}"], DoorFieldKind.Percent, (node.IsMuted is true ? 0 : Math.Clamp(node.Percent ?? 0, 0, 100)).ToString(CultureInfo.InvariantCulture));

    private async Task<DoorSaid> Look(CancellationToken ct)
    {
        if ((await server.Ask(ct)).Graph is not { } graph)
        {
            device = null;
            return DoorSection.Bad(words["door.sound.silent"]);
        }
        device = SpeakerphoneDevice.In(graph, settings);
        return device is { Loudspeaker: not null, Microphone: not null } ? DoorSection.Good(words["door.sound.seen"]) : DoorSection.Bad(words["door.sound.none"]);
    }

    // Looked at again before and after: a plug may have been pulled, and only what is seen counts.
    private async Task<DoorSaid> Set(DoorWord word, CancellationToken ct)
    {
        var look = await Look(ct);
        if (device is not { } there || (Percent(word["speaker"]), Percent(word["microphone"])) is not ({ } speaker, { } microphone))
            return look.Mood is Mood.Ready ? DoorSection.Bad(words["door.unknown-value"]) : look;
        await Set(there.Loudspeaker, speaker, ct);
        await Set(there.Microphone, microphone, ct);
        var after = await Look(ct);
        return after.Mood is not Mood.Ready ? after
            : IsAt(device?.Loudspeaker, speaker) && IsAt(device?.Microphone, microphone) ? DoorSection.Good(words["door.sound.done"]) : DoorSection.Bad(words["door.failed"]);
    }

    private async Task Set(SoundNode? node, int percent, CancellationToken ct)
    {
        if (node?.Id?.ToString(CultureInfo.InvariantCulture) is not { } id)
            return;
        await tool.Run("wpctl", ["set-volume", id, string.Create(CultureInfo.InvariantCulture, $"{percent}%")], SoundServer.To(kiosk), ct);
        await tool.Run("wpctl", ["set-mute", id, "0"], SoundServer.To(kiosk), ct);
    }

    private static bool IsAt(SoundNode? node, int percent) => node?.Percent is { } now && Math.Abs(now - percent) <= 1;

    private static int? Percent(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 100 ? value : null;
}
