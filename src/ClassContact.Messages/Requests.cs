namespace ClassContact.Messages;

/// <summary>
/// What every request carries beside its own fields. It has no <see cref="Stamp"/>: that tells of an agent's start, connection and clock, and a request
/// is written by an account of the helpdesk, which has none of these. All that a kit must know of the writer is until when it means it.
/// </summary>
/// <param name="V">Version of the schema, as <see cref="Stamp.V"/>. A kit does nothing of a version that it does not know, and says so.</param>
/// <param name="Id">Chosen by the writer, random and for one request alone: the level below <see cref="Channel.Reply"/> (<see cref="Topic.IsLeaf"/>).
/// The same again is the same request.</param>
/// <param name="Expires">After this it is not wanted any more, UTC by the writer's clock.</param>
public sealed record Request(int V, string Id, DateTimeOffset Expires);

/// <summary>Request <see cref="Named"/>: the room is to read a line from the helpdesk.</summary>
/// <param name="Text">Plain text on one line (<see cref="PlainLine"/>).</param>
public sealed record ShowMessage(string Text)
{
    /// <summary>The request's name: the level below <see cref="Channel.Request"/>.</summary>
    public const string Named = "show-message";

    /// <summary>Longest text, in characters (Unicode code points): three lines over a meeting, which a class reads in ten seconds.</summary>
    public const int Longest = 200;
}

/// <summary>What became of a request.</summary>
public enum Outcome
{
    /// <summary>It will be done; another reply follows.</summary>
    Accepted,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>It is not done, for the reason given.</summary>
    Refused,
}

/// <summary>Channel <see cref="Channel.Reply"/>: what became of a request.</summary>
/// <param name="Id">The request's.</param>
/// <param name="Request">The request's name.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it was refused, as a code: <c>unknown</c> (no such request), <c>version</c>, <c>unreadable</c>, <c>expired</c>,
/// <c>empty</c>, <c>too-long</c>, <c>not-plain</c>, <c>too-many</c>.</param>
public sealed record Reply(string Id, string Request, Outcome Outcome, string? Reason = null);
