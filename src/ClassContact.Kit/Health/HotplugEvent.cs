using System.Text;

namespace ClassContact.Kit.Health;

/// <summary>A device event as the kernel writes it: <c>add@/devices/…</c> and then <c>NAME=value</c>, each ended by NUL.</summary>
internal static class HotplugEvent
{
    /// <summary>The subsystem that the event is about; null for what is no event of the kernel's, such as one of udev's.</summary>
    public static string? Subsystem(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf((byte)0);
        if (end < 0 || message[..end].IndexOf("@/"u8) <= 0)
            return null;
        for (message = message[(end + 1)..]; (end = message.IndexOf((byte)0)) >= 0; message = message[(end + 1)..])
        {
            if (message[..end].StartsWith("SUBSYSTEM="u8))
                return Encoding.UTF8.GetString(message["SUBSYSTEM=".Length..end]);
        }
        return null;
    }

    /// <summary>What an event of a subsystem makes worth looking at.</summary>
    public static Wakes Wakes(string subsystem) => subsystem switch
    {
        "usb" or "video4linux" or "sound" or "input" => Health.Wakes.Device,
        "drm" => Health.Wakes.Display,
        "power_supply" => Health.Wakes.Power,
        _ => Health.Wakes.None,
    };
}
