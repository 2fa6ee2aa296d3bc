using System.Text.Json.Nodes;
using ClassContact.Classroom;
using ClassContact.KitBench.Usb;

namespace ClassContact.KitBench.Tests.Devices;

/// <summary>
/// Our agent and the kiosk's sound under their own units, on a machine that knows a kit's devices, saved while both run and nothing is plugged in. In the
/// browser's place stands a program that does nothing: devices are what is looked at.
/// </summary>
internal static class InstalledAgent
{
    /// <summary>Managed code is some twenty times slower in the machine than outside, and this computer may be busy.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const string Settings = $$"""
        {
          "kit": "kit-devices", "school": "École des Tilleuls", "room": "5e B", "language": "en",
          "meeting": { "description": "/usr/share/classcontact/meeting/vectera.json", "linkFile": "/var/lib/classcontact/meeting-link" },
          "camera": { "name": "Webcam C270", "usb": "046d:0825" },
          "speakerphone": { "name": "Jabra" },
          "callButton": { "port": "{{CallButton.Port}}" },
        }
        """;

    // What packaging/linux/build-deb and "classcontact setup" do, but for screen and browser.
    private const string Install = """
        set -e
        cp /opt/linux/kiosk-session /usr/lib/classcontact/
        ln -s /usr/lib/classcontact/classcontact /usr/bin/classcontact
        printf '#!/bin/sh\nexec sleep infinity\n' >/usr/bin/chromium && chmod 755 /usr/bin/chromium
        cp /opt/linux/units/classcontact-{agent,kiosk}.service /etc/systemd/system/
        printf '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n' >/etc/systemd/system/seatd.service
        systemd-sysusers /opt/linux/system/sysusers.conf && systemd-tmpfiles --create /opt/linux/system/tmpfiles.conf
        mkdir -p /etc/chromium/policies/managed && echo '{}' >/etc/chromium/policies/managed/classcontact.json
        echo CLASSCONTACT_DISPLAY=window >/etc/classcontact/kiosk.env
        echo https://www.vectera.com/kit-devices >/var/lib/classcontact/meeting-link
        chown classcontact: /var/lib/classcontact/meeting-link && chmod 600 /var/lib/classcontact/meeting-link
        # As on a computer that starts with nothing plugged in: the kernel knows of no such devices yet.
        for layer in 1 2 3 4 5 6; do lsmod | awk '$3 == 0 && $1 ~ /^(uvc|video|mc$|snd|ftdi|usbserial)/ { print $1 }' | xargs --no-run-if-empty rmmod; done
        if grep -E 'alsa|video4linux|ttyUSB' /proc/devices; then exit 1; fi
        systemctl daemon-reload && systemctl start classcontact-kiosk classcontact-agent
        """;

    public static async Task<Checkpoint> On(Task<Machine> known)
    {
        var agent = await Published.Folder("ClassContact.Agent");
        await using var machine = await known;
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.File("kit.json"), Settings);
        await machine.CopyIn(agent, "/usr/lib/classcontact");
        await machine.CopyIn(Path.Combine(Checkout.Root, "packaging/linux"), "/opt/linux");
        await machine.CopyIn(Path.Combine(Checkout.Root, "configs/meeting"), "/usr/share/classcontact/meeting");
        await machine.CopyIn(folder.File("kit.json"), "/etc/classcontact/kit.json");
        await machine.Good(Install, Patience);
        await machine.Until(AskStatus, Patience);
        return await machine.Save();
    }

    // At its socket, as "classcontact status" asks; that program itself takes half a minute to start in a busy machine of the bench.
    private const string AskStatus = """
        perl -MIO::Socket::UNIX -e '$agent = IO::Socket::UNIX->new("/run/classcontact/press.sock") or exit 1; print $agent "status\n"; print <$agent>'
        """;

    /// <summary>What the agent says of itself.</summary>
    public static async Task<JsonNode> Status(this Machine machine) => JsonNode.Parse(await machine.Good(AskStatus))!["status"]!;

    /// <summary>Waits until the agent says of checks what is expected: <c>pass</c>, or a verdict's reason.</summary>
    public static Task<string> Says(this Machine machine, params (string Check, string Finding)[] expected) => WaitFor.That(
        $"the agent to say {string.Join(", ", expected)}", async () => Findings((await machine.Status())["health"]!, expected.Select(e => e.Check)),
        said => said == string.Join(' ', expected.Select(e => $"{e.Check}={e.Finding}")), Patience);

    /// <summary>What checks found, in the order that is asked for.</summary>
    public static string Findings(JsonNode document, IEnumerable<string> checks)
    {
        var all = document["checks"]!.AsArray();
        return string.Join(' ', checks.Select(code => all.First(c => (string?)c!["code"] == code)!).Select(c => $"{c["code"]}={c["reason"] ?? c["verdict"]}"));
    }
}
