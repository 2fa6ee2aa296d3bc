namespace ClassContact.KitBench.Tests.Kit;

/// <summary>A curious hand at the keyboard and at the sockets, while the teacher looks away.</summary>
public sealed class PupilStories(InstalledKit installed) : KitStories(installed)
{
    internal const string Login = "org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager";

    // What opens tools, windows, menus, addresses, files, other pages, other programs or other consoles in a browser, a screen or a Linux.
    private static readonly string[] Tried =
    [
        "f12", "ctrl+shift+i", "ctrl+shift+j", "ctrl+shift+c", "ctrl+u", "shift+esc",
        "ctrl+n", "ctrl+shift+n", "ctrl+t", "ctrl+shift+t", "ctrl+w", "ctrl+shift+w", "ctrl+q", "ctrl+shift+q", "alt+f4", "f11", "esc",
        "ctrl+l", "alt+d", "f6", "ctrl+k", "ctrl+o", "ctrl+s", "ctrl+p", "ctrl+j", "ctrl+h", "ctrl+f", "f3", "f7", "ctrl+d", "ctrl+shift+o", "ctrl+shift+delete",
        "alt+left", "alt+right", "alt+home", "ctrl+r", "f5", "ctrl+minus", "ctrl+equal", "ctrl+0", "alt+f", "alt+e", "f10", "menu", "shift+f10",
        "alt+tab", "meta_l", "alt+esc", "alt+spc", "meta_l+d", "print", "ctrl+alt+t", "alt+f2",
        "ctrl+alt+f1", "ctrl+alt+f2", "ctrl+alt+f6", "alt+f3", "ctrl+alt+backspace", "ctrl+alt+delete", "alt+sysrq+b", "alt+sysrq+r", "alt+sysrq+k",
        "power",
    ];

    [Fact]
    public async Task No_key_no_button_and_no_stick_lead_out_of_the_standby_page_or_out_of_a_class()
    {
        await Room.ShowsStandby("before every key", Mood.Ready);
        var before = await Inside();
        await TriesAll();
        await Room.ShowsStandby("after every key", Mood.Ready);
        Assert.Equal(before, await Inside());

        // QEMU's keyboard has no keys for sleep and restart: of these, what logind has in force, and that nobody at all may send this computer to sleep.
        string[] keys = ["Power", "Reboot", "Suspend", "Hibernate"];
        Assert.All((await Machine.Good($"busctl get-property {Login} {string.Join(' ', keys.Select(key => $"Handle{key}Key Handle{key}KeyLongPress"))}")).TrimEnd().Split('\n'), value => Assert.Equal("s \"ignore\"", value));
        await Machine.Good("grep -qw freeze /sys/power/state && ! systemctl suspend && ! systemctl hibernate");

        await using (await Machine.PlugStick())
        {
            await Machine.Until("[ -b /dev/sda ] && udevadm settle", Patience);
            await Room.ShowsStandby("with a stick", Mood.Ready);
            Assert.Equal(before, await Inside());
            await Machine.Good("! grep -q ^/dev/sda /proc/mounts");
        }

        // That they did reach the kit, for this comes after them: the chord of the technician's door.
        await Machine.Press("ctrl+alt+t", held: TimeSpan.FromSeconds(10));
        await Room.ShowsTheDoor("the keyboard works");
        Assert.Equal(before, await Inside());

        await Room.OpensTheClass();
        await using var mouse = await Machine.PlugMouse();
        await Machine.Until("[ -e /dev/input/by-path/*-usb-*-event-mouse ]", Patience);
        (before, var heard) = (await Inside(), Helpdesk.Heard.Count);
        await TriesAll();
        await Machine.Click(-300, 200); // a page that was clicked into may be left by the button for back, another not
        await Machine.ClickOtherButtons("runuser -u kiosk -- env SWAYSOCK=/run/classcontact-kiosk/session/sway.sock swaymsg -t get_inputs | grep -q 'Bench Mouse'");
        await Room.ShowsTheClass("a class after every key");
        Assert.Equal(before, await Inside());
        Assert.DoesNotContain(Helpdesk.Heard.Skip(heard), said => said.Contains("\"call-", StringComparison.Ordinal) || said.Contains("\"lost\"", StringComparison.Ordinal));

        // After them, too: the end key.
        await Machine.Press("F10", held: TimeSpan.FromSeconds(3));
        await Helpdesk.Sees("event", ["call-ended"], Patience, heard);
        await Room.ShowsStandby("ended");
        Assert.Equal(before.Split('\n')[..3], (await Inside()).Split('\n')[..3]);

        // While no kiosk has the keyboard, the kernel has it: this key would restart the computer, and seven of them within two seconds at once.
        await Machine.Good("systemctl stop classcontact-kiosk");
        for (var i = 0; i < 8; i++) await Machine.Press("ctrl+alt+delete");
        await Machine.Until("journalctl -b _PID=1 | grep -q 'ctrl-alt-del.target.*masked'", Patience);
        Assert.Equal(before.Split('\n')[0], (await Inside()).Split('\n')[0]);

        // Nor is a console left open below it, where somebody who set the kit up has logged in.
        await Machine.Good("systemctl start getty@tty2 && systemctl start classcontact-kiosk && ! systemctl --quiet is-active getty@tty2");
    }

    // The last means something else once it is held for five seconds (logind.conf).
    private async Task TriesAll()
    {
        foreach (var keys in Tried) await Machine.Press(keys);
        await Machine.Press("power", held: TimeSpan.FromSeconds(7));
    }

    // The boot, the console that is shown, the browser, its pages and windows, and the programs that the kiosk's user runs.
    private Task<string> Inside() => Machine.Good("""
        cat /proc/sys/kernel/random/boot_id /sys/class/tty/tty0/active
        pgrep -o -x chromium
        pgrep -f 'chromium.*--type=[r]enderer' | sort
        ps -o comm= -u kiosk | grep -v -x -e chromium | sort | uniq -c
        """);
}
