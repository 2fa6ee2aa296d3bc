using System.Collections.Concurrent;
using System.Diagnostics;
using ClassContact.Kit.Outbox;
using ClassContact.Messages;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Tests.Outbox;

/// <summary>An outbox on a real disk, and what it logged.</summary>
internal sealed class OutboxUnderTest : ILogger, IDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(30);

    internal OutboxUnderTest(string folder, OutboxSettings? settings = null, TimeProvider? time = null, Func<ClockState>? clock = null)
    {
        Time = time ?? TimeProvider.System;
        Worker = new(folder, settings ?? new(), Time, this) { Clock = clock ?? (() => ClockState.Synced) };
    }

    internal OutboxWorker Worker { get; }

    internal TimeProvider Time { get; }

    internal ConcurrentQueue<string> Lines { get; } = [];

    internal void Tell(string name, string? cause = null, Action? acknowledged = null) => Worker.Tell(new(0, name, Time.GetUtcNow(), cause), acknowledged);

    /// <summary>Tells events named <c>call-started</c> with the causes n-1, n-2 …, and waits until the disk has them.</summary>
    internal void TellStored(int from, int count)
    {
        for (var n = from; n < from + count; n++)
        {
            Tell("call-started", $"n-{n}");
            if (Worker.Unwritten > 1000)
                Stored();
        }
        Stored();
    }

    internal void Stored() => Until("the disk to have all", () => Worker.Unwritten == 0);

    /// <summary>The next letter, not acknowledged.</summary>
    internal Letter Next()
    {
        Letter? next = null;
        Until("a letter", () => (next = Worker.First()) is not null);
        return next!;
    }

    /// <summary>Takes the next letter and acknowledges it.</summary>
    internal KitEvent Take()
    {
        var next = Next().Event;
        Worker.Acknowledged();
        return next;
    }

    internal List<KitEvent> TakeAll()
    {
        var all = new List<KitEvent>();
        while (Worker.Count > 0)
            all.Add(Take());
        return all;
    }

    internal static void Until(string what, Func<bool> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!holds())
        {
            if (watch.Elapsed > Generous)
                throw new TimeoutException($"waited {Generous.TotalSeconds} s for {what}");
            Thread.Sleep(1);
        }
    }

    public void Dispose() => Worker.Dispose();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
}
