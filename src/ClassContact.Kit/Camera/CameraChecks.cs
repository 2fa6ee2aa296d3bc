using System.Runtime.Versioning;
using ClassContact.Kit.Health;
using ClassContact.Kit.Speakerphone;
using ClassContact.Kit.Tools;
using ClassContact.Messages;

namespace ClassContact.Kit.Camera;

/// <summary>What is checked of the camera, without ever opening it.</summary>
/// <param name="settings">The camera that the kit was shipped with.</param>
/// <param name="listed">What the kernel lists.</param>
/// <param name="sound">The sound-and-video server, for a camera that is no V4L2 device.</param>
[SupportedOSPlatform("linux")]
internal sealed class CameraChecks(CameraSettings settings, Func<IReadOnlyList<CameraDevice>> listed, SoundServer sound)
{
    // A reset on the USB bus takes the camera away for up to 2 s (measured), twice in a row when a hub resets, too.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private const string DeclaredAbsent = "declared-absent";

    /// <summary>In the order in which they are shown.</summary>
    public IReadOnlyList<Check> All =>
    [
        new("camera-present", Severity.StopsCalls, Thing.Camera, ["none", "cannot-look", DeclaredAbsent], Present) { Grace = Grace, On = Wakes.Device },
        new("camera-expected", Severity.Degrades, Thing.Camera, ["another", "any-will-do", "no-camera", DeclaredAbsent], AsExpected)
        {
            Grace = Grace, On = Wakes.Device, DependsOn = ["camera-present"],
        },
    ];

    private async Task<Finding> Present(CancellationToken ct) =>
        settings.Absent ? Finding.Skipped(DeclaredAbsent)
        : await List(ct) is not { } cameras ? Finding.CannotTell("cannot-look")
        : cameras.Count == 0 ? Finding.Fail("none")
        : Finding.Pass(Names(cameras));

    private async Task<Finding> AsExpected(CancellationToken ct)
    {
        if (settings.Absent)
            return Finding.Skipped(DeclaredAbsent);
        if (settings is { Name: null, Usb: null })
            return Finding.Skipped("any-will-do");
        if (await List(ct) is not { Count: > 0 } cameras)
            return Finding.Skipped("no-camera");
        var expected = cameras.Where(camera => Expected.IsMet(settings.Name, settings.Usb, camera.Name, camera.Usb)).ToList();
        return expected.Count > 0 ? Finding.Pass(Names(expected)) : Finding.Fail("another", Names(cameras));
    }

    // The server is asked only where the kernel lists none: it lists the kernel's, too. Null when nobody can say.
    private async Task<IReadOnlyList<CameraDevice>?> List(CancellationToken ct)
    {
        var cameras = listed();
        return cameras.Count > 0 ? cameras : (await sound.Look(ct)).Graph?.Cameras;
    }

    private static string Names(IReadOnlyList<CameraDevice> cameras) =>
        SafeText.Of(cameras[0].Name) + (cameras.Count > 1 ? $" (+{cameras.Count - 1})" : "");
}
