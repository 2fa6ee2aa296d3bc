namespace ClassContact.Kit.Camera;

/// <summary>A camera that the system lists.</summary>
/// <param name="Name">The name that it gives itself, as it is: not safe to show.</param>
/// <param name="Usb">Vendor and product as <c>lsusb</c> writes them; null for one that is not on USB.</param>
internal sealed record CameraDevice(string Name, string? Usb);
