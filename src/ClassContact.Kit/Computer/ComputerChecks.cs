using System.Runtime.Versioning;
using ClassContact.Kit.Health;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tools;
using ClassContact.Messages;

namespace ClassContact.Kit.Computer;

/// <summary>What is checked of the computer: files of the kernel are read, no program is run.</summary>
[SupportedOSPlatform("linux")]
internal static class ComputerChecks
{
    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<Check> Of(Setup setup, KitParts parts)
    {
        var computer = setup.Kit.Computer ?? new();
        return
        [
            Browser(parts.BrowserAnswers),
            Keyboard(setup.Kit.Keys?.Listen ?? true, parts.Keyboards),
            new Display(computer.Display).Connected,
            .. new PowerSupplies(computer.Battery).All,
            new Memory(() => SystemFile.Read("/proc/meminfo")).Available,
            new Disk(setup.Folders, setup.Kit.Log ?? new()).Space,
        ];
    }

    /// <summary>
    /// The browser is there and takes commands. Half a minute of grace: the kiosk starts it again a second after its end, and it needs up to
    /// some 10 s at boot. jibri looks every 15 s; ours only asks a flag, and the browser's own worker sees an end at once.
    /// </summary>
    internal static Check Browser(Func<bool> answers) => new(
        "browser-answering", Severity.StopsCalls, Thing.Screen, ["silent"], _ => Task.FromResult(answers() ? Finding.Pass() : Finding.Fail("silent")))
    {
        Grace = TimeSpan.FromSeconds(30), On = Wakes.Kiosk, // a browser that died is back after some 10 s
    };

    /// <summary>A keyboard with the start key is there: without it no teacher can start a class.</summary>
    internal static Check Keyboard(bool isListenedTo, Func<int> keyboards) => new(
        "keyboard-present", Severity.StopsCalls, Thing.Keyboard, ["none", "not-listened-to"],
        _ => Task.FromResult(!isListenedTo ? Finding.Skipped("not-listened-to") : keyboards() > 0 ? Finding.Pass() : Finding.Fail("none")))
    {
        Grace = TimeSpan.FromSeconds(10), On = Wakes.Device, // the listener tells too: a wireless keyboard's receiver comes late
    };
}
