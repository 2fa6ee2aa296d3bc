using System.Text.RegularExpressions;

namespace ClassContact.Messages;

/// <summary>The channels of a kit's tree: the level after its name.</summary>
public enum Channel
{
    /// <summary>Retained, and the last will: is the kit there.</summary>
    Presence,

    /// <summary>Retained: versions, school, room.</summary>
    About,

    /// <summary>Retained: state, cause and launch receipt of the call.</summary>
    Call,

    /// <summary>Not retained: what happened, numbered.</summary>
    Event,

    /// <summary>Retained: every check's verdict.</summary>
    Health,

    /// <summary>Retained: the last diagnosis that the helpdesk asked for.</summary>
    Selftest,

    /// <summary>Not retained: figures of the moment.</summary>
    Metrics,

    /// <summary>Not retained, to the kit: what the helpdesk asks for; one level more, the request's name.</summary>
    Request,

    /// <summary>Not retained: what became of a request; one level more, the request's id.</summary>
    Reply,
}

/// <summary>
/// One topic of the wire, either way, written and read by this type alone: <c>classcontact/v1/{kitId}/{channel}</c>, and for requests and replies
/// <c>classcontact/v1/{kitId}/request/{name}</c> and <c>…/reply/{id}</c>.
/// </summary>
/// <param name="Kit">Whose tree.</param>
/// <param name="Channel">Which channel.</param>
/// <param name="Leaf">The request's name or the reply's id (<see cref="IsLeaf"/>); null on all other channels.</param>
public readonly partial record struct Topic(KitId Kit, Channel Channel, string? Leaf = null)
{
    private const string Root = "classcontact/v1";

    /// <summary>True for channels that hold state: the broker keeps the newest document for whoever comes later.</summary>
    public bool IsRetained => Channel is not (Channel.Event or Channel.Metrics or Channel.Request or Channel.Reply);

    /// <summary>Whether a text can be the last level of a request or a reply: 1 to 63 of a-z, 0-9 and '-', beginning with a letter or digit.</summary>
    public static bool IsLeaf(string? text) => text is not null && LeafShape().IsMatch(text);

    /// <summary>A subscription to one channel of every kit.</summary>
    public static string OfEveryKit(Channel channel) => $"{Root}/+/{Word(channel)}{(HasLeaf(channel) ? "/+" : "")}";

    /// <summary>A subscription to one channel of a kit.</summary>
    public static string OfKit(KitId kit, Channel channel) => $"{Root}/{kit}/{Word(channel)}{(HasLeaf(channel) ? "/+" : "")}";

    /// <inheritdoc/>
    public override string ToString() => $"{Root}/{Kit}/{Word(Channel)}{(HasLeaf(Channel) ? $"/{Leaf}" : "")}";

    /// <summary>Reads a topic; false for any other tree, version, name, channel or depth.</summary>
    public static bool TryParse(string text, out Topic topic)
    {
        topic = default;
        var levels = text.Split('/');
        if (levels.Length is not (4 or 5) || $"{levels[0]}/{levels[1]}" != Root || !KitId.TryParse(levels[2], out var kit))
            return false;
        var leaf = levels.ElementAtOrDefault(4);
        foreach (var channel in Enum.GetValues<Channel>())
        {
            if (Word(channel) != levels[3])
                continue;
            topic = new(kit, channel, leaf);
            return HasLeaf(channel) ? IsLeaf(leaf) : leaf is null;
        }
        return false;
    }

    private static bool HasLeaf(Channel channel) => channel is Channel.Request or Channel.Reply;

    private static string Word(Channel channel) => channel switch
    {
        Channel.Presence => "presence",
        Channel.About => "about",
        Channel.Call => "call",
        Channel.Event => "event",
        Channel.Health => "health",
        Channel.Selftest => "selftest",
        Channel.Metrics => "metrics",
        Channel.Request => "request",
        Channel.Reply => "reply",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, null),
    };

    // \z, not $: $ would let a trailing newline through.
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex LeafShape();
}
