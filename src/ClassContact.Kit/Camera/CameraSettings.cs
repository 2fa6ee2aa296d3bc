using ClassContact.Kit.Health;

namespace ClassContact.Kit.Camera;

/// <summary>The camera that this kit was shipped with.</summary>
/// <param name="Name">Part of its name, whatever its case; null takes any camera.</param>
/// <param name="Usb">Its USB ids as <c>lsusb</c> writes them, <c>046d:0825</c>; null takes any.</param>
/// <param name="Absent">True for a kit without a camera: it is not looked for.</param>
public sealed record CameraSettings(string? Name = null, string? Usb = null, bool Absent = false)
{
    /// <summary>Everything that is wrong, each beginning with the field's name.</summary>
    public IEnumerable<string> Problems() => Expected.Problems(Name, Usb);
}
