using ClassContact.Classroom;
using ClassContact.KitBench.Usb;

namespace ClassContact.KitBench.Tests.Devices;

/// <summary>The keyboard and the box with the call button, as the kernel's own drivers have them.</summary>
public sealed class KeyboardStories(KnownDevices known) : DeviceStories(known)
{
    [Fact]
    public async Task A_key_that_is_pressed_is_read_from_the_keyboard_that_is_plugged_in_and_from_no_other()
    {
        Assert.Equal("", await Machine.Good("ls /dev/input/by-path 2>/dev/null | grep kbd || true"));
        for (var turn = 0; turn < 2; turn++)
        {
            await using var keyboard = await Machine.PlugKeyboard();
            await Machine.Until("[ -e /dev/input/by-path/*-usb-*-event-kbd ]");
            var reading = Machine.Run("timeout 20 evtest /dev/input/by-path/*-usb-*-event-kbd | tee /srv/keys | grep -q -m1 'KEY_F9), value 0'");
            await Machine.Until("grep -q 'Testing' /srv/keys");
            await Machine.Press("F9");
            Assert.True((await reading).IsGood);
            await keyboard.DisposeAsync();
            await Machine.Until("[ ! -e /dev/input/by-path/*-usb-*-event-kbd ] && rm /srv/keys");
        }
    }

    [Fact]
    public async Task The_call_button_is_a_serial_line_while_it_is_plugged_in()
    {
        await using (var box = await Machine.PlugCallButton())
        {
            await Machine.Until($"[ -e {CallButton.Port} ]");
            await Machine.Good($"stty -F {CallButton.Port} 9600 raw -echo && exec 3<>{CallButton.Port} && echo hello >&3 && grep -q -m1 'classcontact-button 1' <&3 && echo lamp open >&3");
            await WaitFor.That("the lamp", () => box.Lamp, lamp => lamp == "open");
            var heard = Machine.Good($"exec 3<>{CallButton.Port}; grep -m1 down <&3");
            await box.Turn(down: true);
            Assert.Equal("down", (await heard).Trim());
        }

        await Machine.Until("[ ! -e /dev/ttyUSB0 ]");
        await using var again = await Machine.PlugCallButton();
        await Machine.Until($"[ -e {CallButton.Port} ]");
    }
}
