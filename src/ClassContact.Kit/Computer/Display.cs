using ClassContact.Kit.Health;
using ClassContact.Kit.Tools;
using ClassContact.Messages;

namespace ClassContact.Kit.Computer;

/// <summary>Whether a screen is plugged in, as the kernel's graphics drivers tell it.</summary>
/// <param name="isExpected">False for a computer that was declared to have no screen of its own.</param>
/// <param name="root">Where <c>sys</c> is: <c>/</c>.</param>
internal sealed class Display(bool isExpected, string root = "/")
{
    private const string DeclaredAbsent = "declared-absent";

    // A screen that wakes, or changes its input, is gone for some seconds.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>The check.</summary>
    public Check Connected => new("display-connected", Severity.StopsCalls, Thing.Screen, ["none", "cannot-look", DeclaredAbsent], _ => Task.FromResult(Look()))
    {
        Grace = Grace, On = Wakes.Display,
    };

    private Finding Look()
    {
        if (!isExpected)
            return Finding.Skipped(DeclaredAbsent);
        // card0-HDMI-A-1, card0-eDP-1; a "writeback" connector is a memory, not a screen.
        var connectors = SystemFile.In(Path.Combine(root, "sys/class/drm")).Where(path => !path.Contains("-Writeback-", StringComparison.OrdinalIgnoreCase))
            .Select(path => SystemFile.Read(Path.Combine(path, "status"))).OfType<string>().ToList();
        return connectors.Contains("connected") ? Finding.Pass(new Measure("classcontact.display.connected", connectors.Count(status => status == "connected"), "1"))
            : connectors.Contains("disconnected") && !connectors.Contains("unknown") ? Finding.Fail("none")
            : Finding.CannotTell("cannot-look"); // a virtual machine, a driver that cannot tell
    }
}
