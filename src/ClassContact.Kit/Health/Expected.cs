using System.Text.RegularExpressions;

namespace ClassContact.Kit.Health;

/// <summary>The device that a kit was shipped with, as its settings name it.</summary>
internal static partial class Expected
{
    /// <summary>Everything that is wrong with a device's section, each beginning with the field's name.</summary>
    internal static IEnumerable<string> Problems(string? name, string? usb)
    {
        if (name is not null && string.IsNullOrWhiteSpace(name))
            yield return "name is empty; leave it out to take any";
        if (usb is not null && !UsbIds().IsMatch(usb))
            yield return $"usb '{usb}' is not a vendor and a product as lsusb writes them, such as 046d:0825";
    }

    /// <summary>Whether a device is the one that was shipped.</summary>
    internal static bool IsMet(string? name, string? usb, string foundName, string? foundUsb) =>
        (name is null || foundName.Contains(name, StringComparison.OrdinalIgnoreCase)) &&
        (usb is null || usb.Equals(foundUsb, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex("^[0-9a-fA-F]{4}:[0-9a-fA-F]{4}$")]
    private static partial Regex UsbIds();
}
