using System.Text.Json.Nodes;
using ClassContact.Classroom;

namespace ClassContact.KitBench.Usb;

/// <summary>
/// The box with one button and one lamp, as <c>packaging/call-button.md</c> describes it, on a serial line of QEMU's: FTDI's chip, for the kernel. Disposing
/// it pulls the plug.
/// </summary>
public sealed class CallButton : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BeatWhileDown = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AHand = TimeSpan.FromMilliseconds(300); // a second would be a hold
    private readonly Qmp machine;
    private readonly QemuPlug plug;
    private readonly LineSocket line;
    private readonly CancellationTokenSource pulled = new();
    private readonly SemaphoreSlim one = new(1);
    private readonly Task listening;
    private readonly Task beating;
    private volatile bool isDown;
    private volatile string lamp = "";

    private CallButton(Qmp machine, QemuPlug plug, LineSocket line)
    {
        (this.machine, this.plug, this.line) = (machine, plug, line);
        (listening, beating) = (Listen(), Speak());
    }

    /// <summary>Where the machine's udev shows it.</summary>
    public const string Port = "/dev/serial/by-id/usb-QEMU_QEMU_USB_SERIAL_KIT1-if00-port0";

    /// <summary>What the machine last said of the lamp: <c>off</c>, <c>starting</c>, <c>open</c> or <c>muted</c>; empty before it said anything.</summary>
    public string Lamp => lamp;

    /// <summary>Pushes the button down, or lets it go.</summary>
    public async Task Turn(bool down)
    {
        isDown = down;
        await Say();
    }

    /// <summary>Pushes the button as a hand does that starts a class.</summary>
    public async Task Press()
    {
        await Turn(down: true);
        await Task.Delay(AHand);
        await Turn(down: false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await pulled.CancelAsync();
        line.Dispose();
        await Task.WhenAll(listening, beating);
        await plug.DisposeAsync();
        await WaitFor.That("the call button's line to go", LineIsGone, gone => gone);
    }

    /// <summary>QEMU plugs it in when somebody is at the other end of its line.</summary>
    internal static async Task<CallButton> In(Qmp machine, string socket)
    {
        File.Delete(socket);
        await machine.Execute("chardev-add", new JsonObject
        {
            ["id"] = "box",
            ["backend"] = new JsonObject
            {
                ["type"] = "socket",
                ["data"] = new JsonObject
                {
                    ["addr"] = new JsonObject { ["type"] = "unix", ["data"] = new JsonObject { ["path"] = socket } },
                    ["server"] = true, ["wait"] = false,
                },
            },
        });
        var plug = await QemuPlug.In(machine, "call-button", "usb-serial", ("chardev", "box"), ("serial", "KIT1"));
        return new(machine, plug, await LineSocket.Connect(socket));
    }

    // QEMU lets go of a device some moments after it was pulled.
    private async Task<bool> LineIsGone()
    {
        try
        {
            if (!machine.IsGone) await machine.Execute("chardev-remove", new JsonObject { ["id"] = "box" });
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task Listen()
    {
        while (await line.Read() is { } said)
        {
            if (said == "hello") await Say("classcontact-button 1\n");
            else if (said.StartsWith("lamp ", StringComparison.Ordinal)) lamp = said[5..];
        }
    }

    private async Task Speak()
    {
        while (!pulled.IsCancellationRequested)
        {
            await Say();
            await Task.Delay(isDown ? BeatWhileDown : Beat, pulled.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task Say(string before = "")
    {
        await one.WaitAsync();
        try
        {
            await line.Write($"{before}{(isDown ? "down" : "up")}");
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Pulled out, or the machine is off.
        }
        finally
        {
            one.Release();
        }
    }
}
