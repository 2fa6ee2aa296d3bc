using System.Text.Json.Serialization;
using ClassContact.Messages;

namespace ClassContact.Kit.Settings;

/// <summary>
/// How one meeting software is joined, as data: on the day it changes, a technician changes a file. Selectors are CSS.
/// </summary>
/// <param name="Name">What the helpdesk sees: <c>vectera</c>.</param>
/// <param name="Hosts">Host names that a link may have, and the page may lead to.</param>
/// <param name="Steps">What is done on the loaded page, in this order.</param>
/// <param name="Query">Query parameters that are added to the link; those that the link already has stay. <c>{room}</c> stands for the room's label.</param>
/// <param name="Joined">Something that is on the page only once it has joined; left out: a live track of our own tells.</param>
/// <param name="Media">Where sound and picture go.</param>
/// <param name="Empty">Something that is on the page only while nobody else is in the room; left out: that cannot be seen, and no room is taken for empty.</param>
/// <param name="KeepsSocket">The page keeps a WebSocket open as long as it is in the meeting; one that stays closed means that the meeting has lost us.</param>
public sealed record MeetingDescription(
    string Name, IReadOnlyList<string> Hosts, IReadOnlyList<MeetingStep>? Steps = null, IReadOnlyDictionary<string, string>? Query = null, string? Joined = null,
    MeetingMedia Media = MeetingMedia.Direct, string? Empty = null, bool KeepsSocket = false)
{
    /// <summary>Reads and checks a description.</summary>
    /// <param name="path">Its file.</param>
    public static Checked<MeetingDescription> Read(string path) => SettingsFile.Read(path, SettingsJson.Default.MeetingDescription, m => m.Problems());

    /// <summary>Everything that the shape alone does not say; each text begins with its field.</summary>
    public IEnumerable<string> Problems()
    {
        if (Name.Trim().Length is 0 or > 40)
            yield return "name must be 1 to 40 characters";
        if (Hosts.Count == 0)
            yield return "hosts is empty: no link would be allowed";
        foreach (var (host, i) in Hosts.Select((h, i) => (h, i)))
        {
            if (Uri.CheckHostName(host) is UriHostNameType.Unknown)
            {
                // What has a path may be the meeting's link, and is not repeated.
                var shown = host.Contains('/') ? "" : $"'{host}' ";
                yield return $"hosts[{i}] {shown}is not a host name (no scheme, no port, no path, no *)";
            }
        }
        foreach (var (field, selector) in new[] { ("joined", Joined), ("empty", Empty) })
        {
            if (selector is not null && ProblemOf(selector) is { } problem)
                yield return $"{field} {problem}";
        }
        foreach (var (step, i) in (Steps ?? []).Select((s, i) => (s, i)))
        {
            foreach (var problem in step.Problems())
                yield return $"steps[{i}].{problem}";
        }
    }

    /// <summary>What is plainly wrong with a selector, or is no CSS of a browser's but a test tool's; the rest only the browser can tell. Null for nothing.</summary>
    internal static string? ProblemOf(string selector) =>
        string.IsNullOrWhiteSpace(selector) ? "is empty; leave it out instead"
        : selector.Count(c => c == '[') != selector.Count(c => c == ']') || selector.Count(c => c == '(') != selector.Count(c => c == ')')
            ? $"'{selector}' has a bracket without its other half"
        : selector.Contains(":has-text(", StringComparison.Ordinal) || selector.Contains(":contains(", StringComparison.Ordinal)
            ? $"'{selector}' is not CSS: a browser selects by tags, classes and attributes, not by text"
        : null;
}

/// <summary>Where a meeting's sound and picture go.</summary>
[JsonConverter(typeof(WordConverter<MeetingMedia>))]
public enum MeetingMedia
{
    /// <summary>Straight to the other side where that is possible: alone, there is no connection, and a broken one may be theirs.</summary>
    Direct,

    /// <summary>By the meeting's server: a broken connection is one to the meeting.</summary>
    Server,
}

/// <summary>One step on the page: exactly one of <paramref name="WaitFor"/>, <paramref name="Click"/> and <paramref name="Fill"/>.</summary>
/// <param name="WaitFor">Waits until this is visible.</param>
/// <param name="Click">Waits until this is visible and enabled, then clicks it.</param>
/// <param name="Fill">Waits until this is visible and enabled, then fills it.</param>
/// <param name="With">The text for <paramref name="Fill"/>; <c>{room}</c> stands for the room's label.</param>
/// <param name="Seconds">Deadline, 1 to 60 s.</param>
/// <param name="Optional">True: a step that does not come about is passed over.</param>
public sealed record MeetingStep(
    string? WaitFor = null, string? Click = null, string? Fill = null, string? With = null, int Seconds = 10, bool Optional = false)
{
    /// <summary>The one selector of the step.</summary>
    public string Selector => WaitFor ?? Click ?? Fill ?? "";

    /// <summary>Everything that the shape alone does not say; each text begins with its field.</summary>
    public IEnumerable<string> Problems()
    {
        string?[] actions = [WaitFor, Click, Fill];
        if (actions.Count(a => !string.IsNullOrWhiteSpace(a)) != 1)
            yield return "waitFor, click, fill: exactly one of the three must be there, with a selector";
        else if (MeetingDescription.ProblemOf(Selector) is { } problem)
            yield return $"{(WaitFor is not null ? "waitFor" : Click is not null ? "click" : "fill")} {problem}";
        if (Fill is not null != With is not null)
            yield return "with and fill go together";
        if (Seconds is < 1 or > 60)
            yield return $"seconds {Seconds} is outside 1..60";
    }
}
