using System.Collections.Concurrent;
using System.Runtime.Versioning;
using System.Threading.Channels;
using ClassContact.Kit.Keys;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Tests.Keys;

/// <summary>A running worker on a folder of pipes, with all that it told.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Listening : IAsyncDisposable, ILogger
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20); // only a broken worker spends it

    private readonly CancellationTokenSource stop = new();
    private readonly Channel<KeyStroke> strokes = Channel.CreateUnbounded<KeyStroke>();
    private readonly Channel<KeyboardsPresent> keyboards = Channel.CreateUnbounded<KeyboardsPresent>();
    private Task run = Task.CompletedTask;

    public string Folder { get; } = Directory.CreateTempSubdirectory("classcontact-keys-").FullName;

    public FakeTime Time { get; } = new();

    public KeySettings Settings { get; init; } = new();

    public TimeProvider? Clock { get; init; }

    /// <summary>How nodes are opened; null opens pipes.</summary>
    public Func<string, Opening>? Open { get; init; }

    /// <summary>What a pipe would answer when asked for the keys that are down.</summary>
    public AskKeysDown KeysDown { get; init; } = (_, _) => new HashSet<ushort>();

    public ConcurrentQueue<string> Log { get; } = [];

    public Listening Run(string? folder = null)
    {
        KeysWorker worker = new(
            Settings, folder ?? Folder, stroke => strokes.Writer.TryWrite(stroke), present => keyboards.Writer.TryWrite(present), Clock ?? Time, this)
        {
            Open = Open ?? OpenPipe,
        };
        run = worker.Run(stop.Token);
        return this;
    }

    public Opening OpenPipe(string path) => PipeKeyboard.Open(path, KeysDown);

    public PipeKeyboard Plug(string node, uint mode = 0b110_110_110) => new(Folder, node, mode);

    /// <summary>A recording that begins now.</summary>
    public Recording Record() => new(Time.Monotonic);

    public async Task<KeyStroke> Stroke() => await Next(strokes.Reader);

    public bool HasStroke => strokes.Reader.TryPeek(out _);

    public async Task Keyboards(int ready, int noPermission = 0)
    {
        while (await Next(keyboards.Reader) is var present && (present.Ready, present.NoPermission) != (ready, noPermission))
        {
        }
    }

    /// <summary>Presses the start on a keyboard and takes its stroke, which must be the first: whatever was sent before gave none.</summary>
    public async Task<KeyStroke> StartAfterQuiet(PipeKeyboard keyboard)
    {
        Time.Advance(TimeSpan.FromSeconds(2));
        keyboard.Send(Record().Press(Recording.F9, 0).Release(Recording.F9, 40));
        Time.Advance(TimeSpan.FromMilliseconds(100));
        return await Stroke();
    }

    /// <summary>Waits for a condition that the worker's thread brings about.</summary>
    public static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(1, patience.Token);
    }

    public async Task Stop()
    {
        await stop.CancelAsync();
        await run.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        stop.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Log.Enqueue(formatter(state, exception));

    // A worker that died is told as such, not as one that was silent.
    private async Task<T> Next<T>(ChannelReader<T> reader)
    {
        var next = reader.ReadAsync().AsTask();
        if (await Task.WhenAny(next, run).WaitAsync(Patience) == run)
            await run;
        return await next.WaitAsync(Patience);
    }
}
