namespace ClassContact.Kit.Quality;

/// <summary>
/// One stream of sound or of picture, as WebRTC's statistics count it: from its beginning, or between two looks. What a browser does not tell is null, never 0.
/// </summary>
internal sealed record StreamCounters
{
    /// <summary>The same for the same stream of a page; another page's, or a replaced connection's, has another.</summary>
    public int Key { get; init; }

    /// <summary>True for ours, false for others'.</summary>
    public bool IsSent { get; init; }

    /// <summary>True for a picture, false for sound.</summary>
    public bool IsPicture { get; init; }

    /// <summary>Packets sent or received.</summary>
    public double? Packets { get; init; }

    /// <summary>Bytes of them, headers not counted.</summary>
    public double? Bytes { get; init; }

    /// <summary>Packets lost on the way; of ours, what the other end says.</summary>
    public double? Lost { get; init; }

    /// <summary>Frames sent, or received and decoded.</summary>
    public double? Frames { get; init; }

    /// <summary>Frames encoded; only of ours.</summary>
    public double? Encoded { get; init; }

    /// <summary>Frames that came and were not shown.</summary>
    public double? Dropped { get; init; }

    /// <summary>How often the picture stood still: a gap of three mean frames, or 150 ms more than one.</summary>
    public double? Freezes { get; init; }

    /// <summary>For how long it stood still, s.</summary>
    public double? Frozen { get; init; }

    /// <summary>Samples of sound that were made up because none came.</summary>
    public double? Concealed { get; init; }

    /// <summary>Samples of sound in all.</summary>
    public double? Samples { get; init; }

    /// <summary>Energy of the sound, full scale squared times s.</summary>
    public double? Energy { get; init; }

    /// <summary>Length of the sound that the energy is of, s.</summary>
    public double? Heard { get; init; }

    /// <summary>Packets asked for again (NACK).</summary>
    public double? Resends { get; init; }

    /// <summary>Whole pictures asked for because one could not be put together (PLI).</summary>
    public double? Restarts { get; init; }

    /// <summary>Width of the picture now, pixels.</summary>
    public double? Width { get; init; }

    /// <summary>Height of the picture now, pixels.</summary>
    public double? Height { get; init; }

    /// <summary>How unevenly packets come, now, s.</summary>
    public double? Jitter { get; init; }

    /// <summary>To the other end and back, now, s.</summary>
    public double? RoundTrip { get; init; }

    /// <summary>What was counted since an earlier look at the same stream; null where a count went backwards or is missing.</summary>
    public StreamCounters Since(StreamCounters before) => this with
    {
        Packets = Rise(before.Packets, Packets), Bytes = Rise(before.Bytes, Bytes), Lost = Rise(before.Lost, Lost, mayFall: true),
        Frames = Rise(before.Frames, Frames), Encoded = Rise(before.Encoded, Encoded), Dropped = Rise(before.Dropped, Dropped),
        Freezes = Rise(before.Freezes, Freezes), Frozen = Rise(before.Frozen, Frozen),
        Concealed = Rise(before.Concealed, Concealed, mayFall: true), Samples = Rise(before.Samples, Samples),
        Energy = Rise(before.Energy, Energy), Heard = Rise(before.Heard, Heard),
        Resends = Rise(before.Resends, Resends), Restarts = Rise(before.Restarts, Restarts),
    };

    /// <summary>This and more of the same direction and kind, in the same time or after it. What is so now, and what a person looks at, is this one's.</summary>
    public StreamCounters Plus(StreamCounters more) => this with
    {
        Packets = Sum(Packets, more.Packets), Bytes = Sum(Bytes, more.Bytes), Lost = Sum(Lost, more.Lost),
        Concealed = Sum(Concealed, more.Concealed), Samples = Sum(Samples, more.Samples),
        Energy = Sum(Energy, more.Energy), Resends = Sum(Resends, more.Resends), Restarts = Sum(Restarts, more.Restarts),
        Jitter = Most(Jitter, more.Jitter), RoundTrip = Most(RoundTrip, more.RoundTrip),
    };

    /// <summary>This and what the same streams did after it.</summary>
    public StreamCounters Then(StreamCounters next) => Plus(next) with
    {
        Frames = Sum(Frames, next.Frames), Encoded = Sum(Encoded, next.Encoded), Dropped = Sum(Dropped, next.Dropped),
        Freezes = Sum(Freezes, next.Freezes), Frozen = Sum(Frozen, next.Frozen), Heard = Sum(Heard, next.Heard),
        Width = next.Width ?? Width, Height = next.Height ?? Height,
    };

    // Lost packets fall again when a late one comes (RFC 3550), and so may what was concealed, less what of it was silent.
    private static double? Rise(double? before, double? after, bool mayFall = false) =>
        after - before is not { } rise ? null : rise >= 0 ? rise : mayFall ? 0 : null;

    private static double? Sum(double? a, double? b) => a is null ? b : b is null ? a : a + b;

    private static double? Most(double? a, double? b) => a is null || b > a ? b : a;
}
