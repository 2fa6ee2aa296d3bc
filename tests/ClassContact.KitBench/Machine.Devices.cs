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

    /// <summary>Plugs a USB mouse in; disposing what comes back pulls it.</summary>
    public Task<QemuPlug> PlugMouse() => QemuPlug.In(Control, "mouse", "usb-mouse");

    /// <summary>
    /// Plugs in what a board that can be touched has: a device that tells a place, and not how far a hand went. QEMU's is a pointer to the kernel, and no touch.
    /// </summary>
    public Task<QemuPlug> PlugTablet() => QemuPlug.In(Control, "tablet", "usb-tablet");

    /// <summary>Moves the mouse by some points, or as far as that goes, and clicks.</summary>
    /// <param name="right">To the right.</param>
    /// <param name="down">Downwards.</param>
    public async Task Click(int right, int down)
    {
        for (var (x, y) = (right, down); (x, y) != (0, 0);)
        {
            // More than that a USB mouse does not tell at once.
            var (stepX, stepY) = (Math.Clamp(x, -100, 100), Math.Clamp(y, -100, 100));
            (x, y) = (x - stepX, y - stepY);
            await Send(("rel", new() { ["axis"] = "x", ["value"] = stepX }), ("rel", new() { ["axis"] = "y", ["value"] = stepY }));
        }
        await Click();
    }

    /// <summary>
    /// Clicks once with each of the other buttons that mice have, back and forward among them: of a mouse that the kernel is told of by a program (uinput), for
    /// QEMU's has three buttons.
    /// </summary>
    /// <param name="isTakenUp">A shell command that holds once the screen has a mouse of the name "Bench Mouse".</param>
    public Task ClickOtherButtons(string isTakenUp) => Good($$"""
        modprobe uinput
        perl - <<'END'
        sysopen(my $mouse, "/dev/uinput", 1) or die $!;
        ioctl($mouse, 0x40045564, $_) or die $! for 1, 2;             # UI_SET_EVBIT: keys, moves
        ioctl($mouse, 0x40045565, $_) or die $! for 0x110 .. 0x117;   # UI_SET_KEYBIT: BTN_LEFT to BTN_TASK
        ioctl($mouse, 0x40045566, $_) or die $! for 0, 1;             # UI_SET_RELBIT
        syswrite $mouse, pack("a80 S4 L", "Bench Mouse", 3, 0x46d, 0xc077, 1, 0) . "\0" x 1024; # struct uinput_user_dev
        ioctl($mouse, 0x5501, 0) or die $!;                           # UI_DEV_CREATE
        sub tell_of { syswrite $mouse, pack("qqSSl", 0, 0, @_) . pack("qqSSl", 0, 0, 0, 0, 0); select undef, undef, undef, 0.2 }
        select undef, undef, undef, 0.2 while system q({{isTakenUp}});
        for my $button (0x111 .. 0x117) { tell_of(2, 0, -3); tell_of(1, $button, 1); tell_of(1, $button, 0); sleep 1 }
        END
        """);

    /// <summary>Puts a finger on the board.</summary>
    /// <param name="x">Where, as a share of its width.</param>
    /// <param name="y">Where, as a share of its height.</param>
    public async Task Touch(double x, double y)
    {
        const int most = 0x7FFF;
        await Send(("abs", new() { ["axis"] = "x", ["value"] = (int)(x * most) }), ("abs", new() { ["axis"] = "y", ["value"] = (int)(y * most) }));
        await Click();
    }

    private async Task Click()
    {
        await Task.Delay(TimeSpan.FromSeconds(1)); // two of them are no double click, which selects what is written there
        await Send(("btn", new() { ["down"] = true, ["button"] = "left" }));
        await Task.Delay(TimeSpan.FromMilliseconds(100));
        await Send(("btn", new() { ["down"] = false, ["button"] = "left" }));
    }

    private Task Go(IEnumerable<string> codes, bool isDown) =>
        Send([.. codes.Select(code => ("key", new JsonObject { ["down"] = isDown, ["key"] = new JsonObject { ["type"] = "qcode", ["data"] = code } }))]);

    // Not send-key: that waits for as long as a key is held between any two of them.
    private async Task Send(params (string Type, JsonObject Data)[] events)
    {
        try
        {
            await Control.Execute("input-send-event", new JsonObject
            {
                ["events"] = new JsonArray([.. events.Select(e => new JsonObject { ["type"] = e.Type, ["data"] = e.Data })]),
            });
        }
        catch (IOException e) when (e.Message.Contains("handler not found", StringComparison.Ordinal))
        {
            // Nothing that could tell it is plugged in.
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
