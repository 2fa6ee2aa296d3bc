using System.Text.Json;

namespace ClassContact.Classroom.Trials;

/// <summary>The call as the kit itself told it, from a moment on.</summary>
/// <param name="State">In one word; null where no agent answered.</param>
/// <param name="Cause">A code; null for none.</param>
/// <param name="Missing">What of the class does not reach the meeting, such as <c>camera</c>.</param>
/// <param name="Attempts">How many times the meeting was opened for the press.</param>
/// <param name="Launch">The press; null before the first.</param>
public sealed record Told(string? State, string? Cause, string Missing, int Attempts, string? Launch)
{
    /// <summary>Since when, as <see cref="Moment"/> has it.</summary>
    public TimeSpan At { get; init; }

    /// <summary>The class is open, with the pupil or without.</summary>
    public bool IsOpen => State is "open" or "with-pupil";

    internal static Told Of(JsonElement? answer)
    {
        if (answer is not { } known || !known.TryGetProperty("status", out var status))
            return new(null, null, "", 0, null);
        var call = status.GetProperty("call");
        var receipt = call.TryGetProperty("receipt", out var r) && r.ValueKind is JsonValueKind.Object ? r : (JsonElement?)null;
        return new(
            call.GetProperty("state").GetString(), call.TryGetProperty("cause", out var cause) ? cause.GetString() : null,
            string.Join(' ', call.GetProperty("missing").EnumerateArray().Select(m => m.GetString())),
            receipt?.GetProperty("attempts").GetInt32() ?? 0, receipt?.GetProperty("id").GetString());
    }
}

/// <summary>Writes down what the kit tells of its call: it is asked at its socket ten times a second.</summary>
public sealed class KitDiary : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly List<Told> told = [];
    private readonly CancellationTokenSource stop = new();
    private readonly AgentProcess agent;
    private readonly Task writing;

    private KitDiary(AgentProcess agent)
    {
        this.agent = agent;
        writing = Task.Run(Write);
    }

    /// <summary>Begins.</summary>
    public static KitDiary Of(WholeKit kit) => new(kit.Agent);

    /// <summary>What was told in a stretch of time, beginning with what held at its beginning.</summary>
    public IReadOnlyList<Told> In(Stretch time)
    {
        lock (gate)
            return [.. told.Where((t, i) => t.At <= time.To && (t.At >= time.From || i + 1 == told.Count || told[i + 1].At > time.From))];
    }

    /// <summary>The last that was told.</summary>
    public Told? Last
    {
        get
        {
            lock (gate)
                return told.LastOrDefault();
        }
    }

    /// <summary>When something was first told from a moment on; null when it was not until the deadline.</summary>
    public async Task<TimeSpan?> First(TimeSpan from, Func<Told, bool> which, TimeSpan within)
    {
        while (true)
        {
            if (In(new(from, TimeSpan.MaxValue)).FirstOrDefault(which) is { } found)
                return found.At > from ? found.At : from;
            if (Moment.Now > from + within)
                return null;
            await Task.Delay(Pace / 2);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await writing;
        stop.Dispose();
    }

    private async Task Write()
    {
        while (!stop.IsCancellationRequested)
        {
            var now = Told.Of(await agent.Ask("status"));
            lock (gate)
            {
                if (told.Count == 0 || told[^1] with { At = default } != now)
                    told.Add(now with { At = Moment.Now });
            }
            await Task.Delay(Pace, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
