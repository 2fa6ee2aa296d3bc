using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.KitBench.Tests.Kit;

/// <summary>The technician at the kit's own keyboard.</summary>
public sealed class DoorStories(InstalledKit installed) : KitStories(installed)
{
    private static readonly byte[] Secret = DoorCode.SecretOf(new byte[DoorCode.SecretLength], KitId.Parse(InstalledKit.Name));

    private const int Sections = 7; // on the technician's screen; the last restarts

    [Fact]
    public async Task The_chord_and_the_days_code_open_the_technicians_screen_until_a_class_begins()
    {
        var before = await OpensTheDoor();
        await Room.OpensTheClass();
        await Helpdesk.Sees("event", ["\"door-closed\""], Patience, before);
    }

    [Fact]
    public async Task By_keys_alone_the_technicians_screen_copies_a_bundle_to_a_stick_and_restarts_the_computer()
    {
        await OpensTheDoor();
        var before = Helpdesk.Heard.Count;
        await using (await Machine.PlugStick())
        {
            await Machine.Until("[ -b /dev/sda ] && udevadm settle", Patience);
            await Types([.. Enumerable.Repeat("tab", Sections - 2), "ret", "tab", "tab", "ret"]); // the last section but one, past the last one's name, to its button
            await Machine.Until("grep -q ' done$' /run/classcontact-stick/result", Patience);
            await Room.ShowsTheDoor("the bundle is on the stick");
            await Machine.Good("mount -o ro /dev/sda /mnt && tar -tzf /mnt/classcontact-kit-bench-*.tar.gz | grep -q . && umount /mnt");
        }

        await Types(["shift+tab", "ret", "tab", "tab"]); // to the last section, past the browser's button
        await Room.ShowsTheDoor("about to restart");
        await Machine.Reboots(() => Machine.Press("ret"));
        await Room.PlugIn();
        await Helpdesk.Sees("event", ["agent-started"], Patience, before);
        await Room.ShowsStandby("restarted", Mood.Ready);
    }

    private async Task Types(IEnumerable<string> keys)
    {
        foreach (var key in keys) await Machine.Press(key);
    }

    private async Task<int> OpensTheDoor()
    {
        var before = Helpdesk.Heard.Count;
        await Machine.Good($"""
            cd /var/lib/classcontact && install -d -o classcontact -g classcontact -m 700 identity
            printf '{string.Concat(Secret.Select(octet => $"\\x{octet:x2}"))}' >identity/door.key
            chown classcontact: identity/door.key && chmod 600 identity/door.key
            systemctl restart classcontact-agent
            """, Patience);
        await Helpdesk.Sees("presence", ["\"online\""], Patience, before);
        await Room.ShowsStandby("before the chord");
        await Room.ComesToRest();
        await Machine.Press("ctrl+alt+t", held: TimeSpan.FromSeconds(10)); // three seconds of the page's
        await Room.ShowsTheDoor("the code is asked for");
        // The keyboard is a Belgian one: digits are above, with Shift.
        foreach (var digit in DoorCode.Of(Secret, Today())) await Machine.Press($"shift+{digit}");
        await Machine.Press("ret");
        await Helpdesk.Sees("event", ["\"door-opened\"", "\"cause\":\"code\""], Patience, before);
        await Room.ComesToRest();
        await Room.ShowsTheDoor("the door is open");
        return before;
    }

    // In Brussels, as the helpdesk's calendar says.
    private static DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(TimeProvider.System.GetUtcNow(), "Europe/Brussels").DateTime);

    [Fact]
    public async Task A_bundle_is_copied_to_a_stick_that_is_mounted_for_that_alone()
    {
        await using var stick = await Machine.PlugStick();
        await Machine.Until("[ -b /dev/sda ] && udevadm settle", Patience);
        const string bundle = "classcontact-kit-bench-20261122T080000Z.tar.gz";
        await Machine.Good($"""
            runuser -u classcontact -- bash -c 'umask 077; mkdir /run/classcontact/stick; echo all >/run/classcontact/stick/{bundle}; : >/run/classcontact/stick-wanted'
            """);
        await Machine.Until($"grep -q '^{bundle} ' /run/classcontact-stick/result", Patience);
        Assert.Equal($"{bundle} done\n", await Machine.Good("cat /run/classcontact-stick/result"));
        await Machine.Good("! grep -q ^/dev/sda /proc/mounts");
        Assert.Equal("all\n", await Machine.Good($"mount -o ro /dev/sda /mnt && cat /mnt/*/{bundle} /mnt/{bundle} 2>/dev/null; umount /mnt"));
    }
}
