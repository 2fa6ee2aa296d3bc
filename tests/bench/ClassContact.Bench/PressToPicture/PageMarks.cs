using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using ClassContact.Classroom;

namespace ClassContact.Bench.PressToPicture;

/// <summary>When one page saw what, in timestamps of <see cref="Stopwatch"/>.</summary>
/// <param name="Search">The query of its address: which arm it is of.</param>
/// <param name="At">Timestamps by what was seen.</param>
internal sealed record Marks(string Search, IReadOnlyDictionary<string, long> At);

/// <summary>
/// Hears from the meeting's pages, of both arms, when camera, microphone, joining and the pupil's picture were there. One clock for all: a page's clock is
/// tied to ours by the fastest of ten messages, so that its times are late by less than that one took (about a millisecond).
/// </summary>
internal sealed class PageMarks : IAsyncDisposable
{
    private const int Messages = 10;
    private static readonly string[] Wanted = ["page", "camera", "microphone", "joined", "media", "picture"];

    private readonly HttpListener listener = new();
    private readonly Channel<Marks> heard = Channel.CreateUnbounded<Marks>(); // a handful
    private readonly Dictionary<string, List<double>> ways = []; // ticks from a page's zero to ours
    private readonly string address = $"http://127.0.0.1:{FreePort.Next()}/";
    private readonly Task listening;

    public PageMarks()
    {
        listener.Prefixes.Add(address);
        listener.Start();
        listening = Listen();
    }

    /// <summary>What the page has to run.</summary>
    public string Script
    {
        get
        {
            using var reader = new StreamReader(typeof(PageMarks).Assembly.GetManifestResourceStream("marks.js")!);
            return reader.ReadToEnd().Replace("{listener}", address, StringComparison.Ordinal);
        }
    }

    /// <summary>The next marks of a page that was opened after <paramref name="press"/> and whose query holds <paramref name="arm"/>.</summary>
    /// <exception cref="TimeoutException">None came within 30 s.</exception>
    /// <exception cref="InvalidOperationException">The page did not see everything within 20 s.</exception>
    public async Task<Marks> After(long press, string arm)
    {
        using var limit = new CancellationTokenSource(WaitFor.Generous);
        try
        {
            while (true)
            {
                var marks = await heard.Reader.ReadAsync(limit.Token);
                if (marks.At["page"] < press || !marks.Search.Contains(arm, StringComparison.Ordinal))
                    continue; // the pupil's page is an earlier one
                return Wanted.All(marks.At.ContainsKey) ? marks : throw new InvalidOperationException($"the page has seen {string.Join(", ", marks.At.Keys)} only");
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"nothing was heard of the page for {WaitFor.Generous.TotalSeconds} s");
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await listening;
    }

    private async Task Listen()
    {
        while (true)
        {
            try
            {
                var context = await listener.GetContextAsync();
                Take(await JsonDocument.ParseAsync(context.Request.InputStream), Stopwatch.GetTimestamp());
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return; // closed
            }
        }
    }

    private void Take(JsonDocument message, long now)
    {
        var at = message.RootElement.GetProperty("at").EnumerateObject().ToDictionary(m => m.Name, m => Ticks(m.Value.GetDouble()));
        var page = message.RootElement.GetProperty("search").GetString()!;
        var key = $"{page} {at["page"]}";
        if (!ways.TryGetValue(key, out var way))
            ways[key] = way = [];
        way.Add(now - Ticks(message.RootElement.GetProperty("sent").GetDouble()));
        if (way.Count == Messages)
            heard.Writer.TryWrite(new(page, at.ToDictionary(m => m.Key, m => m.Value + (long)way.Min())));
    }

    private static long Ticks(double milliseconds) => (long)(milliseconds * Stopwatch.Frequency / 1000);
}
