using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace ClassContact.Kit.Browser;

/// <summary>Something the browser tells without being asked.</summary>
/// <param name="Method">Such as <c>Page.loadEventFired</c>.</param>
/// <param name="Session">The page's session; null for the browser itself.</param>
/// <param name="Params">Its details.</param>
internal sealed record DevToolsEvent(string Method, string? Session, JsonElement Params);

/// <summary>The browser refused, did not answer in time, or is gone. The message never holds an address.</summary>
internal sealed class DevToolsException(string message, bool isTimeout = false) : Exception(message)
{
    /// <summary>True when no answer came within the deadline.</summary>
    public bool IsTimeout => isTimeout;
}

/// <summary>
/// The DevTools protocol over the kiosk's two named pipes: messages end with a NUL byte. One controller at a time; the agent's lock sees to that.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class DevTools : IAsyncDisposable
{
    private readonly Fifo toBrowser;
    private readonly Fifo fromBrowser;
    private readonly TimeProvider time;
    private readonly BrowserPatience patience;
    private volatile bool isSettled;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> asked = [];
    // Few events come (Runtime and Network stay off), and each is taken at once; a reader that hangs must not hold up the answers.
    private readonly Channel<DevToolsEvent> events = Channel.CreateBounded<DevToolsEvent>(new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly SemaphoreSlim writing = new(1);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task reading;
    private int lastId = Random.Shared.Next(1, 1 << 30); // so that an answer to a predecessor's question is not taken for ours

    private DevTools(Fifo toBrowser, Fifo fromBrowser, TimeProvider time, BrowserPatience patience)
    {
        (this.toBrowser, this.fromBrowser, this.time, this.patience) = (toBrowser, fromBrowser, time, patience);
        reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What the browser tells; ends when it does.</summary>
    public ChannelReader<DevToolsEvent> Events => events.Reader;

    /// <summary>Completes when the browser has ended.</summary>
    public Task Ended => ended.Task;

    /// <summary>For an answer, unless another one is given.</summary>
    public TimeSpan Deadline => patience.For(isStarting: !isSettled);

    /// <summary>For a page that has to be started.</summary>
    public TimeSpan PageStarts => patience.For(isStarting: true);

    /// <summary>The browser has shown something, now or to somebody before us: from here on it answers promptly or hangs.</summary>
    public void Settled() => isSettled = true;

    /// <summary>A page that did not answer was given up.</summary>
    public void GaveUp() => patience.GaveUp();

    /// <summary>Takes hold of the browser; null while there is none.</summary>
    /// <param name="folder">The kiosk's folder with <c>cdp.in</c> and <c>cdp.out</c>.</param>
    /// <param name="time">For the deadlines.</param>
    /// <param name="patience">What is known of how slow this computer is; null for nothing.</param>
    /// <exception cref="UnauthorizedAccessException">The pipes may not be opened by this user.</exception>
    public static DevTools? TryOpen(string folder, TimeProvider time, BrowserPatience? patience = null)
    {
        patience ??= new(time);
        Fifo? to = null, from = null;
        try
        {
            to = Fifo.ToBrowser(Path.Combine(folder, "cdp.in"));
            from = to is null ? null : Fifo.FromBrowser(Path.Combine(folder, "cdp.out"));
            if (to is null || from is null)
                return null;
            // Ends a half message that a killed predecessor may have left: without it our first would be swallowed.
            to.Write([0], BrowserPatience.Usual);
            var opened = new DevTools(to, from, time, patience);
            (to, from) = (null, null);
            return opened;
        }
        finally
        {
            to?.Dispose();
            from?.Dispose();
        }
    }

    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="DevToolsException">The browser refused, did not answer within <see cref="Deadline"/>, or is gone.</exception>
    /// <param name="method">Such as <c>Page.navigate</c>.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="session">The page's session; null for the browser itself.</param>
    /// <param name="ct">Ends the wait only: the browser carries out what it was asked.</param>
    /// <param name="deadline">For the answer, where <see cref="Deadline"/> does not fit.</param>
    public async Task<JsonElement> Call(string method, JsonObject? parameters, string? session, CancellationToken ct, TimeSpan? deadline = null)
    {
        var id = Interlocked.Increment(ref lastId);
        var (began, limit) = (time.GetTimestamp(), deadline ?? Deadline);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
            message["sessionId"] = session;
        var answer = asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            if (ended.Task.IsCompleted)
                throw new DevToolsException("the browser has ended");
            await Write(Encoding.UTF8.GetBytes(message.ToJsonString() + '\0'), ct);
            var result = await answer.Task.WaitAsync(limit, time, ct);
            patience.Answered(time.GetElapsedTime(began));
            return result;
        }
        catch (DevToolsException e) when (!e.IsTimeout)
        {
            throw new DevToolsException($"{method}: {e.Message}");
        }
        catch (TimeoutException)
        {
            throw new DevToolsException($"{method}: no answer within {limit.TotalSeconds} s", isTimeout: true);
        }
        catch (IOException e)
        {
            throw new DevToolsException($"{method}: {e.Message}", isTimeout: true);
        }
        finally
        {
            asked.TryRemove(id, out _);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        fromBrowser.Stop();
        toBrowser.Stop();
        await reading;
        await writing.WaitAsync(); // a write under way ends by the stop
        fromBrowser.Dispose();
        toBrowser.Dispose();
        writing.Dispose();
    }

    private async Task Write(byte[] bytes, CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            // Off the caller's way: a browser that hangs lets the pipe (64 kB) run full.
            var deadline = Deadline;
            await Task.Run(() => toBrowser.Write(bytes, deadline), CancellationToken.None);
        }
        finally
        {
            writing.Release();
        }
    }

    private void Read()
    {
        var chunk = new byte[64 * 1024];
        var message = new ArrayBufferWriter<byte>();
        int count;
        while ((count = fromBrowser.Read(chunk)) > 0)
        {
            var rest = chunk.AsSpan(0, count);
            for (int end; (end = rest.IndexOf((byte)0)) >= 0; rest = rest[(end + 1)..])
            {
                message.Write(rest[..end]);
                Take(message.WrittenMemory);
                message.ResetWrittenCount();
            }
            message.Write(rest);
        }
        ended.TrySetResult();
        events.Writer.TryComplete();
        foreach (var (_, answer) in asked)
            answer.TrySetException(new DevToolsException("the browser has ended"));
    }

    private void Take(ReadOnlyMemory<byte> message)
    {
        JsonElement json;
        try
        {
            using var document = JsonDocument.Parse(message);
            json = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return; // the rest of an answer that a killed predecessor did not read to its end
        }
        if (json.TryGetProperty("id", out var id) && id.TryGetInt32(out var number))
            Answer(number, json);
        else if (json.TryGetProperty("method", out var method))
            events.Writer.TryWrite(new(method.GetString()!, json.TryGetProperty("sessionId", out var s) ? s.GetString() : null, json.TryGetProperty("params", out var p) ? p : default));
    }

    private void Answer(int id, JsonElement json)
    {
        if (!asked.TryRemove(id, out var answer))
            return;
        if (json.TryGetProperty("error", out var error))
            answer.TrySetException(new DevToolsException($"the browser refused: {error.GetProperty("code")}"));
        else
            answer.TrySetResult(json.GetProperty("result"));
    }
}
