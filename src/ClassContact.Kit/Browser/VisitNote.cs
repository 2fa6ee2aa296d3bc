using ClassContact.Kit.Call;
using ClassContact.Kit.Settings;

namespace ClassContact.Kit.Browser;

/// <summary>How a visit to the meeting goes, closer than the call's machine needs to know: for a rehearsal.</summary>
public abstract record VisitNote;

/// <summary>The meeting's server answered, or did not.</summary>
/// <param name="Error">Chromium's own word, such as <c>net::ERR_CONNECTION_REFUSED</c>; null when a page came.</param>
public sealed record PageAnswered(string? Error) : VisitNote
{
    /// <summary>It led to a host that the browser's policy does not allow: a network's login, or a meeting that has moved.</summary>
    public bool IsLedElsewhere => Error is "net::ERR_BLOCKED_BY_ADMINISTRATOR";

    /// <summary>The host is there, and no meeting on it.</summary>
    public bool IsRefused => Error is "net::ERR_CONNECTION_REFUSED" or "net::ERR_EMPTY_RESPONSE";
}

/// <summary>The page was looked at while it joins.</summary>
/// <param name="Status">Its HTTP status; 0 where the page does not know.</param>
/// <param name="IsMeetings">It is on a host that the meeting's description allows.</param>
/// <param name="Live">Which of our own tracks are live.</param>
/// <param name="Refused">Why the page last got no camera or microphone: the browser's word, such as <c>NotFoundError</c>.</param>
public sealed record PageLooked(int Status, bool IsMeetings, Tracks Live, string? Refused) : VisitNote;

/// <summary>A selector of the meeting's description, beside its steps, is none.</summary>
/// <param name="Field"><c>joined</c> or <c>empty</c>.</param>
public sealed record SelectorIsOdd(string Field) : VisitNote;

/// <summary>A step of the meeting's description has ended.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Step">As described.</param>
/// <param name="Came">False: it did not come about within its time.</param>
/// <param name="Took">How long it was waited for.</param>
public sealed record StepEnded(int Number, MeetingStep Step, bool Came, TimeSpan Took) : VisitNote;
