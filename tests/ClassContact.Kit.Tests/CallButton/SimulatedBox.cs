using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using System.Threading.Channels;
using ClassContact.Kit.Tests.Serial;

namespace ClassContact.Kit.Tests.CallButton;

/// <summary>A call button that is not there: it speaks the protocol of <c>packaging/call-button.md</c> at the far end of a pseudo-terminal.</summary>
[SupportedOSPlatform("linux")]
internal sealed class SimulatedBox : IAsyncDisposable
{
    private static readonly TimeSpan LampTimeout = TimeSpan.FromSeconds(5);

    private readonly Pty pty = new();
    private readonly FileStream held; // while nobody has the line open, reads at the box's end would fail
    private readonly Channel<bool> turns = Channel.CreateUnbounded<bool>();
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;
    private volatile string lamp = "off";
    private long lampAt;
    private volatile bool isDown;

    public SimulatedBox()
    {
        held = new(pty.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        running = Task.WhenAll(Task.Run(Listen), Task.Run(Speak));
    }

    public string Port => pty.Path;

    /// <summary>What the box greets with.</summary>
    public string Greeting { get; init; } = "classcontact-button 1";

    /// <summary>Its processor is stuck.</summary>
    public bool IsDead { get; set; }

    /// <summary>What the lamp shows.</summary>
    public string Lamp => Stopwatch.GetElapsedTime(Volatile.Read(ref lampAt)) > LampTimeout ? "off" : lamp;

    public void Turn(bool down) => turns.Writer.TryWrite(down);

    public void Write(string text) => Write(Encoding.ASCII.GetBytes(text));

    public void Write(byte[] bytes) => pty.Device.Write(bytes);

    /// <summary>The plug is pulled.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await held.DisposeAsync();
        pty.Dispose();
        stop.Dispose();
    }

    private async Task Listen()
    {
        var line = new StringBuilder();
        var buffer = new byte[64];
        try
        {
            while (await pty.Device.ReadAsync(buffer, stop.Token) is > 0 and var read)
            {
                foreach (var c in Encoding.ASCII.GetString(buffer, 0, read))
                {
                    if (c != '\n')
                        line.Append(c);
                    else
                        Obey(line.ToString());
                    if (c == '\n')
                        line.Clear();
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    private void Obey(string line)
    {
        if (IsDead)
            return;
        if (line == "hello")
            Write($"{Greeting}\r\n{(isDown ? "down" : "up")}\n");
        if (line is not ("lamp off" or "lamp starting" or "lamp open" or "lamp muted"))
            return;
        lamp = line["lamp ".Length..];
        Volatile.Write(ref lampAt, Stopwatch.GetTimestamp());
    }

    private async Task Speak()
    {
        try
        {
            while (true)
            {
                if (!IsDead)
                    Write(isDown ? "down\n" : "up\n");
                using var beat = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
                beat.CancelAfter(isDown ? 200 : 1000);
                try
                {
                    isDown = await turns.Reader.ReadAsync(beat.Token);
                }
                catch (OperationCanceledException) when (!stop.IsCancellationRequested)
                {
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }
}
