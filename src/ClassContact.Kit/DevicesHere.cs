using ClassContact.Kit.Camera;
using ClassContact.Kit.Tools;

namespace ClassContact.Kit;

/// <summary>What there is to choose from when a kit is set up: the names of the cameras and of the sound cards that the kernel lists.</summary>
/// <param name="Cameras">The cameras.</param>
/// <param name="Sound">The sound cards, each a loudspeaker, a microphone or both.</param>
public sealed record DevicesHere(IReadOnlyList<string> Cameras, IReadOnlyList<string> Sound)
{
    /// <summary>Nothing to choose from.</summary>
    public static DevicesHere None { get; } = new([], []);

    /// <summary>Looks; opens no device, and needs no sound server.</summary>
    /// <param name="root">Where <c>sys</c>, <c>run</c> and <c>proc</c> are: <c>/</c>.</param>
    public static DevicesHere Look(string root = "/") => OperatingSystem.IsLinux()
        ? new([.. new V4l2Cameras(root).List().Select(camera => SafeText.Of(camera.Name))], Cards(SystemFile.Read(Path.Combine(root, "proc/asound/cards"))))
        : None;

    // " 1 [Jabra          ]: USB-Audio - Jabra SPEAK 510 USB", and a second line that says where it is plugged in.
    private static IReadOnlyList<string> Cards(string? list) =>
        [.. (list ?? "").Split('\n').Where(line => line.Contains("]: ", StringComparison.Ordinal)).Select(line => SafeText.Of(line[(line.IndexOf(" - ", StringComparison.Ordinal) is var dash and > 0 ? dash + 3 : 0)..]))];
}
