namespace ClassContact.Kit.Quality;

/// <summary>Mean opinion score: what people would think of the sound, 1 bad to 4.5, by the simplified E-model that Twilio's voice SDK uses.</summary>
public static class Mos
{
    /// <summary>Below it Twilio's SDK warns.</summary>
    public const double Poor = 3;

    private const double Best = 94.768;

    /// <summary>The score; null unless all of its inputs are known.</summary>
    /// <param name="roundTrip">To the other end and back, ms.</param>
    /// <param name="jitter">In ms.</param>
    /// <param name="loss">Of the packets, %.</param>
    public static double? Of(double? roundTrip, double? jitter, double? loss)
    {
        if (roundTrip is not >= 0 || jitter is not >= 0 || loss is not >= 0)
            return null;
        var latency = roundTrip.Value + (2 * jitter.Value) + 10;
        var rating = latency < 160 ? Best - (latency / 40) : latency < 1000 ? Best - ((latency - 120) / 10) : 0;
        rating = Math.Max(0, rating - (2.5 * loss.Value));
        var score = 1 + (0.035 * rating) + (0.000007 * rating * (rating - 60) * (100 - rating));
        return Math.Max(1, score); // the curve dips below 1 for ratings under 6.5
    }
}
