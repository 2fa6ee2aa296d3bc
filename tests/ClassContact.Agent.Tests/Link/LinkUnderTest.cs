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

    internal LinkUnderTest(BrokerSettings broker, ClockState clock = ClockState.Synced, FigureFeed? figures = null)
    {
        outbox = new(folder.Path, new(), TimeProvider.System, this);
        Worker = new(Kit, broker, () => About, outbox, this) { Clock = () => clock, Figures = figures, ShowMessage = Messages.Enqueue };
        running = Worker.Run(stop.Token);
    }

    internal LinkWorker Worker { get; }

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
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        outbox.Dispose();
        folder.Dispose();
        stop.Dispose();
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception));

}
