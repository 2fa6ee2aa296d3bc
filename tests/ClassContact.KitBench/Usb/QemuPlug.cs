using System.Text.Json.Nodes;

namespace ClassContact.KitBench.Usb;

/// <summary>A USB device of QEMU's own. Disposing it pulls the plug.</summary>
public sealed class QemuPlug : IAsyncDisposable
{
    private readonly Qmp machine;
    private readonly string id;
    private bool isPulled;

    private QemuPlug(Qmp machine, string id) => (this.machine, this.id) = (machine, id);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!machine.IsGone && !isPulled) await machine.Execute("device_del", new JsonObject { ["id"] = id });
        isPulled = true;
    }

    /// <param name="machine">The machine.</param>
    /// <param name="id">What QEMU is to call it.</param>
    /// <param name="driver">QEMU's name for the kind of device.</param>
    /// <param name="more">What is particular to it.</param>
    internal static async Task<QemuPlug> In(Qmp machine, string id, string driver, params (string Name, string Value)[] more)
    {
        var device = new JsonObject { ["driver"] = driver, ["id"] = id, ["bus"] = "usb.0" };
        foreach (var (name, value) in more) device[name] = value;
        await machine.Execute("device_add", device);
        return new(machine, id);
    }
}
