using ClassContact.Kit.Health;

namespace ClassContact.Kit.Speakerphone;

/// <summary>The speakerphone among all that the sound server has.</summary>
/// <param name="Loudspeaker">Its loudspeaker: the default, where it has several; null when it has none.</param>
/// <param name="Microphone">Its microphone, likewise.</param>
/// <param name="IsExpected">Whether it is the one that the kit was shipped with.</param>
internal sealed record SpeakerphoneDevice(SoundNode? Loudspeaker, SoundNode? Microphone, bool IsExpected)
{
    /// <summary>Its name, to be shown and sent; null where it is not told.</summary>
    public string? Told => (Loudspeaker ?? Microphone)?.Told;

    /// <summary>
    /// The expected one, even with half of it missing; otherwise any device that has both halves, rather the default one; null
    /// when there is none. Outputs of displays and the server's dummy never count.
    /// </summary>
    public static SpeakerphoneDevice? In(SoundGraph graph, SpeakerphoneSettings settings)
    {
        var anyWillDo = settings is { Name: null, Usb: null };
        var devices = graph.Nodes
            .Where(node => (node.Roles & (NodeRoles.Loudspeaker | NodeRoles.Microphone)) != 0 && node is { IsDisplay: false, IsDummy: false })
            .GroupBy(node => (node.Device, IsExpected: anyWillDo || Expected.IsMet(settings.Name, settings.Usb, node.Description, node.Usb)))
            .Select(device => new SpeakerphoneDevice(
                Best(device, NodeRoles.Loudspeaker, graph.DefaultLoudspeaker), Best(device, NodeRoles.Microphone, graph.DefaultMicrophone), device.Key.IsExpected))
            .Where(device => device.IsWhole || (device.IsExpected && !anyWillDo));
        return devices.OrderByDescending(device => device.IsExpected).ThenByDescending(device => device.IsWhole).ThenByDescending(DefaultsIn).FirstOrDefault();

        int DefaultsIn(SpeakerphoneDevice device) =>
            (device.Loudspeaker?.Name == graph.DefaultLoudspeaker ? 1 : 0) + (device.Microphone?.Name == graph.DefaultMicrophone ? 1 : 0);
    }

    private bool IsWhole => Loudspeaker is not null && Microphone is not null;

    private static SoundNode? Best(IEnumerable<SoundNode> nodes, NodeRoles role, string? name) =>
        nodes.Where(node => node.Roles.HasFlag(role)).OrderByDescending(node => node.Name == name).FirstOrDefault();
}
