using ClassContact.KitBench.Image;
using ClassContact.KitBench.Usb;

namespace ClassContact.KitBench.Tests.Devices;

/// <summary>A Debian whose udev has once seen a kit's devices and loaded the kernel's drivers for them, saved with nothing plugged in.</summary>
public sealed class KnownDevices : IAsyncLifetime
{
    private Checkpoint? saved;
    private Task<Checkpoint>? withAgent; // made for the first story that needs it

    /// <summary>A machine that goes on from there.</summary>
    public Task<Machine> Machine() => KitBench.Machine.From(saved ?? throw new InvalidOperationException("it did not start"));

    /// <summary>A machine that goes on from there with our agent running.</summary>
    public async Task<Machine> WithAgent() => await KitBench.Machine.From(await (withAgent ??= InstalledAgent.On(Machine())));

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await using var machine = await KitBench.Machine.Boot(await MachineImage.Get("devices"));
        await using (await machine.Plug(new UsbCamera(new(TestPicture.Magenta)), Sockets.Camera))
        await using (await machine.Plug(new UsbSpeakerphone(), Sockets.Speakerphone))
        await using (await machine.PlugKeyboard())
        await using (await machine.PlugCallButton())
        {
            await machine.Until($"[ -e /dev/video0 ] && grep -q Jabra /proc/asound/cards && [ -e {CallButton.Port} ] && [ -e /dev/input/by-path/*-usb-*-event-kbd ]", TimeSpan.FromMinutes(3));
        }

        await machine.Until("udevadm settle && [ ! -e /dev/video0 ] && [ ! -e /dev/ttyUSB0 ] && ! grep -q Jabra /proc/asound/cards");
        saved = await machine.Save();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (withAgent is { IsCompletedSuccessfully: true }) await (await withAgent).DisposeAsync(); // its disk lies on the other's
        if (saved is not null) await saved.DisposeAsync();
    }
}

/// <summary>All of them share the checkpoint.</summary>
[CollectionDefinition(nameof(KnownDevices))]
public sealed class SharedKnownDevices : ICollectionFixture<KnownDevices>;
