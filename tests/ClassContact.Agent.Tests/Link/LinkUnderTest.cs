using System.Collections.Concurrent;
using ClassContact.Classroom;
using ClassContact.Kit.Link;
using ClassContact.Kit.Outbox;
using ClassContact.Kit.Requests;
using ClassContact.Messages;
using ClassContact.Mqtt;
using Microsoft.Extensions.Logging;

namespace ClassContact.Agent.Tests.Link;

/// <summary>A running <see cref="LinkWorker"/> and what it logged.</summary>
internal sealed class LinkUnderTest : ILogger, IAsyncDisposable
{
    internal static readonly KitId Kit = KitId.Parse("kit-1");

    private readonly CancellationTokenSource stop = new();
    private readonly TestFolder folder = new();
    private readonly OutboxWorker outbox;
    private readonly Task running;
    private readonly Task answering;
    private int heard;

    internal LinkUnderTest(BrokerSettings broker, ClockState clock = ClockState.Synced, FigureFeed? figures = null)
    {
        outbox = new(folder.Path, new(), TimeProvider.System, this);
        Desk = new(Kit, new(), folder.Path, Parts(clock), this);
        Worker = new(Kit, broker, () => About, outbox, this) { Clock = () => clock, Figures = figures, Requests = Desk, Heard = () => Interlocked.Increment(ref heard) };
        running = Worker.Run(stop.Token);
        answering = Desk.Run(stop.Token);
    }

    internal RequestDesk Desk { get; }

    internal LinkWorker Worker { get; }

    /// <summary>How often the broker has heard the kit after it had not.</summary>
    internal int Heard => Volatile.Read(ref heard);

    internal About About { get; set; } = new("0.1.0", "Debian 12", null, "École \"Les Marronniers\" <&> 🎒", "2B\\2e étage\n", "janus", ["call"]);

    /// <summary>What the room was to read.</summary>
    internal ConcurrentQueue<HelpdeskMessage> Messages { get; } = [];

    internal ConcurrentQueue<string> Lines { get; } = [];

    internal static BrokerSettings To(Broker broker, int answerSeconds = 10) => new("127.0.0.1", broker.Port, AnswerSeconds: answerSeconds);

    internal static CallStatus Call(CallPhase phase) => new(phase, DateTimeOffset.UnixEpoch, null, [], null);

    internal Task IsConnected() => WaitFor.That("the link", () => Worker.Status.IsConnected);

    internal async Task Stop()
    {
        await stop.CancelAsync();
        await running.WaitAsync(WaitFor.Generous);
        await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        outbox.Dispose();
        folder.Dispose();
        stop.Dispose();
    }

    // Deeds that do nothing but a diagnosis that found nothing: this is about the way, not about what lies at its end.
    private RequestParts Parts(ClockState clock)
    {
        Deed nothing = _ => Task.FromResult<string?>(null);
        return new()
        {
            Show = Messages.Enqueue, Reply = reply => Worker.Answer(reply), WallClock = () => clock is ClockState.Synced ? DateTimeOffset.UtcNow : null,
            Situation = () => default, RestartBrowser = nothing, ReloadSettings = nothing, SetLogLevel = _ => { }, Reboot = nothing,
            RunDiagnosis = _ =>
            {
                Worker.Show(new Selftest(DateTimeOffset.UnixEpoch, 0.1, true, []));
                return Task.FromResult<string?>(null);
            },
        };
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception));

}
