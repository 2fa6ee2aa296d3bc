namespace ClassContact.Kit.Sound;

/// <summary>How loud a recording is.</summary>
/// <param name="Level">Root mean square, dB relative to full scale (dBFS): 0 is the loudest square wave, -100 stands for nothing at all.</param>
/// <param name="IsSilent">All samples lie within one step of each other: a microphone that is open hears more than that in the quietest room.</param>
internal sealed record Loudness(double Level, bool IsSilent)
{
    private const double Nothing = -100; // 16 bits end at -96

    /// <summary>Of a whole recording; one without samples is silent.</summary>
    public static Loudness Of(ReadOnlySpan<short> samples)
    {
        var (sum, least, most) = (0.0, int.MaxValue, int.MinValue);
        foreach (var sample in samples)
        {
            sum += (double)sample * sample;
            (least, most) = (Math.Min(least, sample), Math.Max(most, sample));
        }
        var level = sum == 0 ? Nothing : 10 * Math.Log10(sum / samples.Length / (32768.0 * 32768.0));
        return new(level, samples.IsEmpty || most - least <= 1);
    }
}
