using System.Net.Sockets;
using System.Text;
using ClassContact.Agent.Run;
using ClassContact.Classroom;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClassContact.Agent.Tests.Run;

[Trait("Kit", "none")]
public sealed class WatchdogTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly Socket systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public WatchdogTests() => systemd.Bind(new UnixDomainSocketEndPoint(Path));

    private string Path => folder.File("notify");

    public void Dispose()
    {
        systemd.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task It_says_ready_once_the_class_is_known_and_then_that_it_goes_on()
    {
        var (turns, known) = (0L, new TaskCompletionSource());
        using var stop = new CancellationTokenSource();
        var dog = new Watchdog([new("Call", () => turns, TimeSpan.FromSeconds(10))], () => turns++, TimeProvider.System, NullLogger.Instance);
        var run = dog.Run(new(Path), TimeSpan.FromMilliseconds(30), known.Task, stop.Token);
        Assert.Equal(0, systemd.Available);
        known.SetResult();
        Assert.Equal(["READY=1", "WATCHDOG=1", "WATCHDOG=1"], [await Told(), await Told(), await Told()]);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public void A_loop_that_stands_still_for_longer_than_it_may_is_named()
    {
        var (time, turns) = (new Clock(), 0L);
        var dog = new Watchdog([new("Keys", () => 1, TimeSpan.FromSeconds(120)), new("Call", () => turns, TimeSpan.FromSeconds(10))], () => { }, time, NullLogger.Instance);
        Assert.Null(dog.Standing());
        time.Now += TimeSpan.FromSeconds(9);
        turns++;
        Assert.Null(dog.Standing());
        time.Now += TimeSpan.FromSeconds(10);
        Assert.Equal("Call", dog.Standing());
        turns++;
        Assert.Null(dog.Standing());
        time.Now += TimeSpan.FromSeconds(101);
        turns++;
        Assert.Equal("Keys", dog.Standing());
    }

    private async Task<string> Told()
    {
        var buffer = new byte[64];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return Encoding.UTF8.GetString(buffer, 0, await systemd.ReceiveAsync(buffer, limit.Token));
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
