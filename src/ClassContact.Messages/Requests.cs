using System.Collections.Immutable;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Messages;

/// <summary>
/// What every request carries beside its own fields. It has no <see cref="Stamp"/>: that tells of an agent's start, connection and clock, and a request
/// is written by an account of the helpdesk, which has none of these. All that a kit must know of the writer is until when it means it.
/// </summary>
/// <param name="V">Version of the schema, as <see cref="Stamp.V"/>. A kit does nothing of a version that it does not know, and says so.</param>
/// <param name="Id">Chosen by the writer, random and for one request alone: the level below <see cref="Channel.Reply"/> (<see cref="Topic.IsLeaf"/>).
/// The same again is the same request.</param>
/// <param name="Expires">After this it is not wanted any more, UTC by the writer's clock; at most <see cref="LongestWait"/> ahead.</param>
public sealed record Request(int V, string Id, DateTimeOffset Expires)
{
    /// <summary>What expires later is refused: a kit remembers what it has done until it could not come again, and not for ever.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
}

/// <summary>
/// The names of all requests: the level below <see cref="Channel.Request"/>. The list is closed, and none on it opens a camera, a microphone or a call.
/// </summary>
public static class RequestName
{
    /// <summary>Its fields: <see cref="Messages.ShowMessage"/>.</summary>
    public const string ShowMessage = "show-message";

    /// <summary>The checks that open no device look once; the result is on <see cref="Channel.Selftest"/>. No fields of its own.</summary>
    public const string RunDiagnosis = "run-diagnosis";

    /// <summary>The kiosk's browser is closed, and comes back by itself. No fields of its own.</summary>
    public const string RestartBrowser = "restart-browser";

    /// <summary>The agent reads its settings anew. No fields of its own.</summary>
    public const string ReloadSettings = "reload-settings";

    /// <summary>Its fields: <see cref="Messages.SetLogLevel"/>.</summary>
    public const string SetLogLevel = "set-log-level";

    /// <summary>The kit asks its server for the meeting's link, which never comes this way. No fields of its own.</summary>
    public const string RefreshLink = "refresh-link";

    /// <summary>
    /// The kit makes a bundle (logs, versions, health, lesson records; no secret) and gives it to the service of its certificate; never this way. No fields of
    /// its own.
    /// </summary>
    public const string SendBundle = "send-bundle";

    /// <summary>The computer starts anew. No fields of its own.</summary>
    public const string Reboot = "reboot";

    /// <summary>Every name.</summary>
    public static ImmutableArray<string> All { get; } = [ShowMessage, RunDiagnosis, RestartBrowser, ReloadSettings, SetLogLevel, RefreshLink, SendBundle, Reboot];
}

/// <summary>Request <see cref="RequestName.ShowMessage"/>: the room is to read a line from the helpdesk.</summary>
/// <param name="Text">Plain text on one line (<see cref="PlainLine"/>).</param>
public sealed record ShowMessage(string Text)
{
    /// <summary>The request's name: the level below <see cref="Channel.Request"/>.</summary>
    public const string Named = RequestName.ShowMessage;

    /// <summary>Longest text, in characters (Unicode code points): three lines over a meeting, which a class reads in ten seconds.</summary>
    public const int Longest = 200;
}

/// <summary>Request <see cref="RequestName.SetLogLevel"/>: the kit's log on its own disk says more, or less, for a while; at a restart as before.</summary>
/// <param name="Level">One of <see cref="Levels"/>.</param>
/// <param name="Minutes">For so long, 1 to <see cref="Longest"/>.</param>
public sealed record SetLogLevel(string Level, int Minutes)
{
    /// <summary>A day, in minutes: whoever wants it for longer changes the settings.</summary>
    public const int Longest = 24 * 60;

    /// <summary>The levels that there are.</summary>
    public static ImmutableArray<string> Levels { get; } = ["debug", "information", "warning", "error"];

    /// <summary>Whether a kit would do it.</summary>
    public bool IsGood() => Levels.Contains(Level) && Minutes is >= 1 and <= Longest;
}

/// <summary>What became of a request.</summary>
public enum Outcome
{
    /// <summary>It will be done; another reply follows.</summary>
    Accepted,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>It is not done, for the reason given; after <see cref="Accepted"/>: it was begun and came to nothing.</summary>
    Refused,
}

/// <summary>Channel <see cref="Channel.Reply"/>: what became of a request.</summary>
/// <param name="Id">The request's.</param>
/// <param name="Request">The request's name.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it was refused, as a code; each stands in the contract, <c>asyncapi.yaml</c>.</param>
/// <param name="Bundle">Of a <see cref="RequestName.SendBundle"/> that was done: where the helpdesk finds it.</param>
public sealed record Reply(string Id, string Request, Outcome Outcome, string? Reason = null, KeptBundle? Bundle = null);
