using System.Collections.Immutable;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Kit.Requests;

/// <summary>One request as it came.</summary>
/// <param name="Name">The topic's last level.</param>
/// <param name="Payload">Any bytes.</param>
/// <param name="Retained">The broker had kept it, so nobody knows how old it is.</param>
internal readonly record struct Heard(string Name, ReadOnlyMemory<byte> Payload, bool Retained);

/// <summary>When, and in what situation, a request came.</summary>
/// <param name="Now">Time since start.</param>
/// <param name="WallClock">UTC; null while the kit's clock cannot be trusted.</param>
/// <param name="Situation">What the kit is doing.</param>
internal readonly record struct RequestMoment(TimeSpan Now, DateTimeOffset? WallClock, Situation Situation = default);

/// <summary>What to do about a request.</summary>
/// <param name="Gate">The gate from now on. Its book is to be on the disk before anything is done.</param>
/// <param name="Reply">To be said; null for none.</param>
/// <param name="Do">To be done; null for nothing.</param>
/// <param name="Verdict">For the log, a code: <c>accepted</c>, <c>again</c>, what became of it, why it was refused, or why it was ignored: <c>retained</c>,
/// <c>no-envelope</c>, <c>flood</c>.</param>
internal readonly record struct GateStep(RequestGate Gate, Reply? Reply, Wanted? Do, string Verdict);

/// <summary>
/// Decides on requests. What was accepted is remembered by the request's id in a book that outlasts the agent, what was refused in memory: the same again
/// gets the same reply and does nothing. It never changes: each step gives the next gate.
/// </summary>
/// <param name="Allowed">The names that the kit's settings allow.</param>
/// <param name="Book">What was accepted.</param>
/// <param name="Boot">The computer's start.</param>
internal sealed record RequestGate(IReadOnlyList<string> Allowed, RequestBook Book, string Boot)
{
    /// <summary>More lines than that nobody in a room reads, least of all in a lesson.</summary>
    internal const int MostMessagesAMinute = 5;

    /// <summary>Beyond this nothing is answered any more: each reply costs the link one message.</summary>
    internal const int MostRepliesAMinute = 30;

    /// <summary>Refusals that are remembered: those of half an hour of the worst flood, and some 50 kB.</summary>
    internal const int MostRemembered = 1000;

    /// <summary>One that is being done, and four that wait.</summary>
    internal const int MostDue = 5;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private ImmutableDictionary<string, Reply> Refused { get; init; } = ImmutableDictionary<string, Reply>.Empty;

    private ImmutableQueue<string> Order { get; init; } = [];

    private ImmutableList<TimeSpan> Answered { get; init; } = [];

    private ImmutableList<TimeSpan> Messages { get; init; } = [];

    /// <summary>A request came. Without a clock to trust its expiry cannot be judged: only what does no harm is done then, as requests are not kept for a kit
    /// that is away, and to show a line late does none.</summary>
    internal GateStep Hear(Heard heard, RequestMoment moment)
    {
        var gate = this with { Answered = Last(Answered, moment.Now), Messages = Last(Messages, moment.Now), Book = Book.Dated(moment.WallClock) };
        if (heard.Retained)
            return new(gate, null, null, "retained");
        if (gate.Answered.Count >= MostRepliesAMinute)
            return new(gate, null, null, "flood");
        if (Wire.ReadRequest(heard.Payload.Span) is not { } request)
            return new(gate, null, null, "no-envelope");
        gate = gate with { Answered = gate.Answered.Add(moment.Now) };
        if ((gate.Book.Find(request.Id)?.Reply ?? gate.Refused.GetValueOrDefault(request.Id)) is { } given)
            return new(gate, given, null, "again");
        Wanted? wanted = null;
        var problem = gate.ProblemOf(request, heard.Name, moment) ?? Wanted.Read(request, heard.Name, heard.Payload.Span, out wanted) ?? gate.Room(wanted, moment);
        return problem is null ? gate.Accept(wanted!, moment) : gate.Refuse(new(request.Id, heard.Name, Outcome.Refused, problem));
    }

    /// <summary>A request that was accepted is over. No reply when that is not awaited: it was said before, or is forgotten.</summary>
    /// <param name="id">The request's.</param>
    /// <param name="reason">Why it came to nothing, as a code; null when it was done.</param>
    /// <param name="bundle">The bundle that was sent by it.</param>
    internal GateStep Ended(string id, string? reason = null, KeptBundle? bundle = null)
    {
        if (Book.Find(id) is not { Outcome: Outcome.Accepted } entry)
            return new(this, null, null, "again");
        var ended = entry with { Outcome = reason is null ? Outcome.Done : Outcome.Refused, Reason = reason, Bundle = bundle };
        return new(this with { Book = Book.With(ended) }, ended.Reply, null, reason ?? "done");
    }

    /// <summary>A message was shown.</summary>
    internal GateStep Shown(string id) => Book.Find(id)?.Name is RequestName.ShowMessage ? Ended(id) : new(this, null, null, "again");

    private string? ProblemOf(Request request, string name, RequestMoment moment)
    {
        if (request.V != Stamp.Version)
            return "version";
        if (!RequestName.All.Contains(name))
            return "unknown";
        if (!Allowed.Contains(name))
            return "not-allowed";
        if (moment.WallClock is not { } wallClock)
            return Wanted.IsHarmlessByName(name) ? null : "clock";
        if (request.Expires < wallClock)
            return "expired";
        if (request.Expires - wallClock > Request.LongestWait)
            return "expires-late";
        return !Wanted.IsHarmlessByName(name) && request.Expires - Book.LostAt <= Request.LongestWait ? "forgotten" : null;
    }

    private string? Room(Wanted wanted, RequestMoment moment) =>
        wanted.Text is not null ? Messages.Count >= MostMessagesAMinute ? "too-many" : null
        : moment.Situation.Objection(wanted.Name) ?? (Book.Entries.Count(entry => entry.IsDue) >= MostDue ? "busy" : null);

    private GateStep Accept(Wanted wanted, RequestMoment moment)
    {
        var entry = new BookEntry(wanted.Request.Id, wanted.Name, wanted.Request.Expires, Boot);
        if (Book.With(entry, moment.WallClock) is not { } book)
            return Refuse(entry.Reply with { Outcome = Outcome.Refused, Reason = "too-many" });
        var messages = wanted.Text is null ? Messages : Messages.Add(moment.Now);
        return new(this with { Book = book, Messages = messages }, entry.Reply, wanted, "accepted");
    }

    private GateStep Refuse(Reply reply)
    {
        var (order, refused) = (Order.Enqueue(reply.Id), Refused.SetItem(reply.Id, reply));
        if (refused.Count > MostRemembered)
        {
            order = order.Dequeue(out var oldest);
            refused = refused.Remove(oldest);
        }
        return new(this with { Order = order, Refused = refused }, reply, null, reply.Reason!);
    }

    private static ImmutableList<TimeSpan> Last(ImmutableList<TimeSpan> times, TimeSpan now) => times.RemoveAll(at => now - at >= Minute);
}
