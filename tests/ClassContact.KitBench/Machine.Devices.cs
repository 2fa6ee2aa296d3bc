using System.Text.Json.Nodes;
using ClassContact.KitBench.Usb;

namespace ClassContact.KitBench;

/// <summary>What is plugged into the machine. Nothing may be while it is saved.</summary>
public sealed partial class Machine
{
    /// <summary>Plugs a USB device into one of eight sockets; disposing what comes back pulls it. The kernel's own drivers find it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="socket">0 to 7 on a high-speed hub, which takes slower devices, too.</param>
    /// <exception cref="IOException">Something else is in that socket.</exception>
    public async Task<UsbPlug> Plug(UsbDevice device, int socket)
    {
        var plug = new UsbPlug(device);
        try
        {
            // A machine that has just started has no such network yet, and a device that was just pulled leaves its socket (state 4: free) some moments later.
            // The kernel takes the connection that this shell opens, for the device that it calls bus 1, number 2.
            await Good($"""
                modprobe vhci-hcd
                cat >/run/bench-plug <<'END'
                cd /sys/devices/platform/vhci_hcd.0
                for ((try = 0; try < 100; try++)); do grep -q '^hs *{socket:0000} 004' status && break; sleep 0.1; done
                exec 5<>/dev/tcp/{QemuCommand.Host}/{plug.Port} && echo {socket} 5 {1 << 16 | 2} {device.Speed} >attach
                END
                for ((try = 0; try < 100; try++)); do systemctl --quiet is-active bench-network && break; sleep 0.1; done
                nsenter --net=/run/netns/bench bash /run/bench-plug
                """);
            return plug;
        }
        catch
        {
            await plug.DisposeAsync();
            throw;
        }
    }

    /// <summary>Plugs a USB keyboard in, the machine's only one; disposing what comes back pulls it.</summary>
    public Task<QemuPlug> PlugKeyboard() => QemuPlug.In(Control, "keyboard", "usb-kbd");

    /// <summary>
    /// Presses keys of the keyboard together, as a hand does, for a tenth of a second unless told otherwise, and lets them go. Without a keyboard nothing happens.
    /// </summary>
    /// <param name="keys">As QEMU names them (qcodes), whatever their case, joined with <c>+</c>: <c>F9</c>, <c>ctrl+alt+f2</c>.</param>
    /// <param name="held">For how long, once all are down.</param>
    public async Task Press(string keys, TimeSpan? held = null)
    {
        var codes = keys.ToLowerInvariant().Split('+');
        await Go(codes, isDown: true);
        await Task.Delay(held ?? TimeSpan.FromMilliseconds(100));
        await Go(codes.Reverse(), isDown: false);
    }

    // Not send-key: that waits for as long as a key is held between any two of them.
    private async Task Go(IEnumerable<string> codes, bool isDown)
    {
        var events = codes.Select(code => new JsonObject
        {
            ["type"] = "key",
            ["data"] = new JsonObject { ["down"] = isDown, ["key"] = new JsonObject { ["type"] = "qcode", ["data"] = code } },
        });
        try
        {
            await Control.Execute("input-send-event", new JsonObject { ["events"] = new JsonArray([.. events]) });
        }
        catch (IOException e) when (e.Message.Contains("handler not found", StringComparison.Ordinal))
        {
            // No keyboard is plugged in.
        }
    }

    /// <summary>Plugs the box with the call button in, as an FTDI serial line; disposing it pulls it.</summary>
    public Task<CallButton> PlugCallButton() => CallButton.In(Control, folder.CallButton);

    /// <summary>Plugs in a stick of 32 MB, with a FAT on it; disposing it pulls it. It becomes <c>/dev/sda</c>.</summary>
    public async Task<QemuPlug> PlugStick()
    {
        var file = Path.Combine(folder.Path, "stick.raw");
        await using (var made = File.Create(file)) made.SetLength(32 * 1024 * 1024);
        await HostTool.Run("mkfs.vfat", "-n", "STICK", file);
        await Control.Execute("blockdev-add", new JsonObject { ["driver"] = "raw", ["node-name"] = "stick", ["file"] = new JsonObject { ["driver"] = "file", ["filename"] = file } });
        return await QemuPlug.In(Control, "stick-socket", "usb-storage", ("drive", "stick"));
    }
}
