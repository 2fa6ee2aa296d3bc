using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ClassContact.Classroom;
using ClassContact.Mqtt;

namespace ClassContact.Bench.Link;

/// <summary>Simulated kits, each with a certificate of its own and the kits' own loop of reconnecting, in this one process.</summary>
internal sealed class Town : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly ConcurrentQueue<TimeSpan> arrivals = [];
    private readonly ConcurrentQueue<TimeSpan> failures = [];
    private readonly List<Task> kits = [];
    private int online;

    public Town(int size, TestAuthority authority, int port)
    {
        Size = size;
        var settings = Enumerable.Range(1, size).Select(n => new BrokerSettings("localhost", port, authority.Client(Name(n)), Way: BrokerWay.Direct)).ToList();
        Begun = clock.Elapsed;
        kits.AddRange(settings.Select((to, n) => Live(to, Name(n + 1))));
    }

    public int Size { get; }

    /// <summary>When the first kits were let loose.</summary>
    public TimeSpan Begun { get; }

    /// <summary>How many have said a presence that was acknowledged, and are connected.</summary>
    public int Online => Volatile.Read(ref online);

    /// <summary>Now, by the same clock.</summary>
    public TimeSpan Now => clock.Elapsed;

    /// <summary>Waits until all are online; returns what became of it.</summary>
    public async Task<Return> AllOnline(TimeSpan since, TimeSpan deadline)
    {
        // Until a loss was noticed a kit still counts as online, so everybody must also have arrived anew.
        while ((Online < Size || arrivals.Count(at => at >= since) < Size) && clock.Elapsed - since < deadline)
            await Task.Delay(50);
        return Return.Of(Size, [.. arrivals.Where(at => at >= since).Select(at => at - since).Order()], failures.Count(at => at >= since));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(kits);
        stop.Dispose();
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"kit-{number:0000}");

    private async Task Live(BrokerSettings to, string name)
    {
        await Task.Yield();
        var topic = $"classcontact/v1/{name}/presence";
        await new BrokerLoop(
            ct => LightKit.Open(to, name, new(topic, "{\"state\":\"lost\"}"u8.ToArray(), true), ct),
            (connection, ct) => BeThere(connection, topic, ct),
            _ => failures.Enqueue(clock.Elapsed),
            TimeProvider.System).Run(stop.Token);
    }

    private async Task BeThere(IMqttConnection connection, string topic, CancellationToken ct)
    {
        var isCounted = false;
        try
        {
            while (true)
            {
                await connection.Publish(new(topic, "{\"state\":\"online\"}"u8.ToArray(), true), ct);
                if (!isCounted)
                {
                    isCounted = true;
                    arrivals.Enqueue(clock.Elapsed);
                    Interlocked.Increment(ref online);
                }
                await Task.Delay(TimeSpan.FromMinutes(0.9 + (0.2 * Random.Shared.NextDouble())), ct);
            }
        }
        finally
        {
            if (isCounted)
                Interlocked.Decrement(ref online);
        }
    }
}

/// <summary>How a town came back.</summary>
/// <param name="Size">So many kits.</param>
/// <param name="Back">So many were online in the end.</param>
/// <param name="Half">Seconds until half of them were.</param>
/// <param name="Most">Seconds until 99 % were.</param>
/// <param name="All">Seconds until the last.</param>
/// <param name="Peak">The most that arrived in one second.</param>
/// <param name="Failures">Attempts that failed meanwhile.</param>
internal sealed record Return(int Size, int Back, double Half, double Most, double All, int Peak, int Failures)
{
    public static Return Of(int size, IReadOnlyList<TimeSpan> arrivals, int failures) => new(
        size, arrivals.Count, At(arrivals, size / 2), At(arrivals, size * 99 / 100), At(arrivals, arrivals.Count),
        arrivals.Count == 0 ? 0 : arrivals.GroupBy(at => (int)at.TotalSeconds).Max(second => second.Count()), failures);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Back} of {Size} back; half after {Half:0.0} s, 99 % {Most:0.0} s, all {All:0.0} s; {Peak} in the busiest second; {Failures} attempts failed");

    private static double At(IReadOnlyList<TimeSpan> arrivals, int count) => count > 0 && count <= arrivals.Count ? Math.Round(arrivals[count - 1].TotalSeconds, 1) : double.NaN;
}
