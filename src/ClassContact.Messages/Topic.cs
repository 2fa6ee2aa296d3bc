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

    /// <summary>Not retained: figures of the moment.</summary>
    Metrics,
}

/// <summary>One topic of the wire, <c>classcontact/v1/{kitId}/{channel}</c>, written and read by this type alone.</summary>
public readonly record struct Topic(KitId Kit, Channel Channel)
{
    private const string Root = "classcontact/v1";

    /// <summary>True for channels that hold state: the broker keeps the newest document for whoever comes later.</summary>
    public bool IsRetained => Channel is not (Channel.Event or Channel.Metrics);

    /// <summary>A subscription to one channel of every kit.</summary>
    public static string OfEveryKit(Channel channel) => $"{Root}/+/{Word(channel)}";

    /// <inheritdoc/>
    public override string ToString() => $"{Root}/{Kit}/{Word(Channel)}";

    /// <summary>Reads a topic; false for any other tree, version, name, channel or depth.</summary>
    public static bool TryParse(string text, out Topic topic)
    {
        topic = default;
        var levels = text.Split('/');
        if (levels.Length != 4 || $"{levels[0]}/{levels[1]}" != Root || !KitId.TryParse(levels[2], out var kit))
            return false;
        foreach (var channel in Enum.GetValues<Channel>())
        {
            if (Word(channel) != levels[3])
                continue;
            topic = new(kit, channel);
            return true;
        }
        return false;
    }

    private static string Word(Channel channel) => channel switch
    {
        Channel.Presence => "presence",
        Channel.About => "about",
        Channel.Call => "call",
        Channel.Event => "event",
        Channel.Health => "health",
        Channel.Metrics => "metrics",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, null),
    };
}
