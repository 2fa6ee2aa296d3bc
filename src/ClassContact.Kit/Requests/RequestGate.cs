using System.Collections.Immutable;
using ClassContact.Messages;

namespace ClassContact.Kit.Requests;

/// <summary>One request as it came.</summary>
/// <param name="Name">The topic's last level.</param>
/// <param name="Payload">Any bytes.</param>
/// <param name="Retained">The broker had kept it, so nobody knows how old it is.</param>
internal readonly record struct Heard(string Name, ReadOnlyMemory<byte> Payload, bool Retained);

/// <summary>What to do about a request.</summary>
/// <param name="Gate">The gate from now on.</param>
/// <param name="Reply">To be said; null for none.</param>
/// <param name="Show">To be shown; null for nothing.</param>
/// <param name="Verdict">For the log, a code: <c>accepted</c>, <c>again</c>, why it was refused, or why it was ignored: <c>retained</c>, <c>no-envelope</c>, <c>flood</c>.</param>
internal readonly record struct GateStep(RequestGate Gate, Reply? Reply, HelpdeskMessage? Show, string Verdict);

/// <summary>
/// Decides on requests. What was decided is remembered by the request's id, in memory: the same again gets the same reply and does nothing. It never
/// changes: each step gives the next gate.
/// </summary>
internal sealed record RequestGate
{
    /// <summary>More lines than that nobody in a room reads, least of all in a lesson.</summary>
    internal const int MostMessagesAMinute = 5;

    /// <summary>Beyond this nothing is answered any more: each reply costs the link one message.</summary>
    internal const int MostRepliesAMinute = 30;

    /// <summary>Replies that are remembered: those of half an hour of the worst flood, and some 50 kB.</summary>
    internal const int MostRemembered = 1000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private ImmutableDictionary<string, Reply> Given { get; init; } = ImmutableDictionary<string, Reply>.Empty;

    private ImmutableQueue<string> Order { get; init; } = [];

    private ImmutableList<TimeSpan> Answered { get; init; } = [];

    private ImmutableList<TimeSpan> Accepted { get; init; } = [];

    /// <summary>A request came.</summary>
    /// <param name="heard">As it came.</param>
    /// <param name="now">Time since start.</param>
    /// <param name="wallClock">UTC; null while the kit's clock cannot be trusted. Then expiry is not judged: requests are not kept for a kit that is
    /// away, so what comes was sent just now, and to show a line late does no harm. A request that could do harm must decide otherwise.</param>
    internal GateStep Hear(Heard heard, TimeSpan now, DateTimeOffset? wallClock)
    {
        var gate = this with { Answered = Last(Answered, now), Accepted = Last(Accepted, now) };
        if (heard.Retained)
            return new(gate, null, null, "retained");
        if (gate.Answered.Count >= MostRepliesAMinute)
            return new(gate, null, null, "flood");
        if (Wire.ReadRequest(heard.Payload.Span) is not { } request)
            return new(gate, null, null, "no-envelope");
        gate = gate with { Answered = gate.Answered.Add(now) };
        if (gate.Given.TryGetValue(request.Id, out var given))
            return new(gate, given, null, "again");
        return gate.Judge(request, heard, now, wallClock);
    }

    /// <summary>A message was shown. No reply when that is not awaited: it was said before, or is forgotten.</summary>
    internal GateStep Shown(string id) => Given.TryGetValue(id, out var given) && given.Outcome is Outcome.Accepted
        ? Say(given with { Outcome = Outcome.Done }, null)
        : new(this, null, null, "again");

    private GateStep Judge(Request request, Heard heard, TimeSpan now, DateTimeOffset? wallClock)
    {
        var reply = new Reply(request.Id, heard.Name, Outcome.Accepted);
        if (request.V != Stamp.Version)
            return Refuse(reply, "version");
        if (heard.Name != ShowMessage.Named)
            return Refuse(reply, "unknown");
        if (request.Expires < wallClock)
            return Refuse(reply, "expired");
        if (Wire.ReadBody<ShowMessage>(heard.Payload.Span) is not { } message)
            return Refuse(reply, "unreadable");
        if (PlainLine.ProblemOf(message.Text, ShowMessage.Longest) is { } problem)
            return Refuse(reply, problem);
        if (Accepted.Count >= MostMessagesAMinute)
            return Refuse(reply, "too-many");
        return (this with { Accepted = Accepted.Add(now) }).Say(reply, new(request.Id, message.Text.Trim()));
    }

    private GateStep Refuse(Reply reply, string reason) => Say(reply with { Outcome = Outcome.Refused, Reason = reason }, null);

    private GateStep Say(Reply reply, HelpdeskMessage? show)
    {
        var (order, given) = (Given.ContainsKey(reply.Id) ? Order : Order.Enqueue(reply.Id), Given.SetItem(reply.Id, reply));
        if (given.Count > MostRemembered)
        {
            order = order.Dequeue(out var oldest);
            given = given.Remove(oldest);
        }
        return new(this with { Order = order, Given = given }, reply, show, reply.Reason ?? "accepted");
    }

    private static ImmutableList<TimeSpan> Last(ImmutableList<TimeSpan> times, TimeSpan now) => times.RemoveAll(at => now - at >= Minute);
}
