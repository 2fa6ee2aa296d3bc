using System.Collections.Concurrent;
using ClassContact.Kit.Requests;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Tests.Requests;

/// <summary>A running desk on a real disk, with deeds that only note that they were done.</summary>
internal sealed class DeskUnderTest : ILogger, IAsyncDisposable
{
    private static readonly KitId Kit = KitId.Parse("kit-1");

    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    internal DeskUnderTest(string data, string boot = "boot-1", RequestSettings? settings = null, Func<string, CancellationToken, Task<string?>>? deed = null)
    {
        Deed Of(string name) => ct =>
        {
            Done.Enqueue(name);
            return deed?.Invoke(name, ct) ?? Task.FromResult<string?>(null);
        };
        Desk = new(Kit, settings ?? new(RequestName.All), data, new()
        {
            Show = message => Done.Enqueue($"show {message.Id}"), Reply = Replies.Enqueue, WallClock = () => WallClock, Situation = () => Situation,
            RunDiagnosis = Of(RequestName.RunDiagnosis), RestartBrowser = Of(RequestName.RestartBrowser), ReloadSettings = Of(RequestName.ReloadSettings),
            SetLogLevel = level => Done.Enqueue($"{level.Level} {level.Minutes}"), RefreshLink = Of(RequestName.RefreshLink), Reboot = Of(RequestName.Reboot),
            SendBundle = async ct => await Of(RequestName.SendBundle)(ct) is { } reason ? (reason, null) : (null, Kept),
            Changed = () => Screen.Enqueue(Desk?.Doing),
        }, this) { Time = Time, Boot = () => boot };
        running = Desk.Run(stop.Token);
    }

    /// <summary>What the service says of every bundle.</summary>
    internal static KeptBundle Kept { get; } = new("kit-1-20261123T083000Z-0123abcd.tar.gz", 1234);

    internal RequestDesk Desk { get; }

    internal FakeTime Time { get; } = new();

    internal ConcurrentQueue<string> Done { get; } = [];

    internal ConcurrentQueue<Reply> Replies { get; } = [];

    internal ConcurrentQueue<string?> Screen { get; } = [];

    internal ConcurrentQueue<string> Lines { get; } = [];

    internal Situation Situation { get; set; }

    internal DateTimeOffset? WallClock { get; set; } = Asked.Clock;

    internal void Ask(string name, string id) => Hear(name, Asked.Payload(name, id));

    internal void Hear(string name, byte[] payload) => Desk.Take(new(new Topic(Kit, Channel.Request, name).ToString(), payload, false));

    /// <summary>Lets time pass in small steps until so many replies were given; returns the last as text.</summary>
    internal async Task<string> Replied(int count)
    {
        await Within(() => Replies.Count >= count);
        return Text(Replies.ElementAt(count - 1));
    }

    /// <summary>The same until a request is over.</summary>
    internal Task Ended(string id) => Within(() => Replies.Any(reply => reply.Id == id && reply.Outcome is not Outcome.Accepted));

    /// <summary>Lets time pass in small steps until a condition holds.</summary>
    internal async Task Within(Func<bool> condition)
    {
        for (var patience = 0; !condition(); patience++)
        {
            if (patience > 2000)
                throw new TimeoutException($"so far: {string.Join(", ", Replies.Select(Text))}");
            await Task.Delay(5);
            Time.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    internal static string Text(Reply reply) => $"{reply.Id} {reply.Outcome} {reply.Reason}".Trim();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception));
}
