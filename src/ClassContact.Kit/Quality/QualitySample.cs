namespace ClassContact.Kit.Quality;

/// <summary>What a call's sound and picture did in some seconds: one between two looks, ten of them for figures. Null is what nobody could tell.</summary>
/// <param name="Seconds">How long it was.</param>
public sealed record QualitySample(double Seconds)
{
    internal StreamCounters? SentSound { get; init; }

    internal StreamCounters? SentPicture { get; init; }

    internal StreamCounters? ReceivedSound { get; init; }

    internal StreamCounters? ReceivedPicture { get; init; }

    internal double? RoundTrip { get; init; }

    internal bool? Relay { get; init; }

    internal bool? Tcp { get; init; }

    /// <summary>What was counted between two looks. A stream that only one of them has (a connection was replaced, somebody came or left) is not in it.</summary>
    /// <param name="before">The first look.</param>
    /// <param name="after">The second look.</param>
    /// <param name="elapsed">Between them; more than nothing.</param>
    public static QualitySample Between(CallCounters before, CallCounters after, TimeSpan elapsed)
    {
        var then = before.Streams.ToDictionary(s => s.Key);
        // A stream that never carried anything is only a place that the page keeps for one.
        var streams = after.Streams.Where(s => s.Packets is > 0 && then.ContainsKey(s.Key)).Select(s => s.Since(then[s.Key])).ToList();
        return new(elapsed.TotalSeconds)
        {
            SentSound = All(sent: true, picture: false), SentPicture = All(sent: true, picture: true),
            ReceivedSound = All(sent: false, picture: false), ReceivedPicture = All(sent: false, picture: true),
            RoundTrip = after.RoundTrip, Relay = after.Relay, Tcp = after.Tcp,
        };

        // The one that carries most comes first: its picture is the one that counts, be it of several layers or of several people.
        StreamCounters? All(bool sent, bool picture) => streams.Where(s => s.IsSent == sent && s.IsPicture == picture)
            .OrderByDescending(s => s.Bytes).Select(WhileItFlows).DefaultIfEmpty().Aggregate((all, next) => all!.Plus(next!));
    }

    /// <summary>This and the sample that came after it, as one.</summary>
    public QualitySample Then(QualitySample next) => new(Seconds + next.Seconds)
    {
        SentSound = Then(SentSound, next.SentSound), SentPicture = Then(SentPicture, next.SentPicture),
        ReceivedSound = Then(ReceivedSound, next.ReceivedSound), ReceivedPicture = Then(ReceivedPicture, next.ReceivedPicture),
        RoundTrip = next.RoundTrip is null || RoundTrip > next.RoundTrip ? RoundTrip : next.RoundTrip,
        Relay = next.Relay ?? Relay, Tcp = next.Tcp ?? Tcp,
    };

    private static StreamCounters? Then(StreamCounters? first, StreamCounters? next) => first is null ? next : next is null ? first : first.Then(next);

    // Of a stream at rest the last jitter and round trip stand there for ever.
    private static StreamCounters? WhileItFlows(StreamCounters s) => s.Packets is > 0 ? s : s with { Jitter = null, RoundTrip = null };
}
