namespace ClassContact.KitBench;

/// <summary>What a recording sounds like.</summary>
public static class Tone
{
    private const int Step = 10;

    /// <summary>The strongest tone between 100 and 4000 Hz, to the nearest ten; null for silence. Gaps, as a slow machine makes them, do not matter.</summary>
    /// <param name="samples">One channel.</param>
    /// <param name="rate">How many samples a second.</param>
    public static int? Of(ReadOnlySpan<short> samples, int rate)
    {
        if (samples.IndexOfAnyExcept((short)0) < 0) return null;
        var (strongest, best) = (0, -1.0);
        for (var tone = 100; tone <= 4000; tone += Step)
        {
            var power = Power(samples, 2 * Math.Cos(2 * Math.PI * tone / rate));
            if (power > best) (strongest, best) = (tone, power);
        }

        return strongest;
    }

    // Goertzel's, by tenths of a second, so that what lies before a gap does not cancel what comes after it.
    private static double Power(ReadOnlySpan<short> samples, double turn)
    {
        var sum = 0.0;
        for (var length = Math.Min(samples.Length, 4800); samples.Length >= length && length > 0; samples = samples[length..])
        {
            var (last, before) = (0.0, 0.0);
            foreach (var sample in samples[..length]) (last, before) = (sample + turn * last - before, last);
            sum += last * last + before * before - turn * last * before;
        }

        return sum;
    }
}
