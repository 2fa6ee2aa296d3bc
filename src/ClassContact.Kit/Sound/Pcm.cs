namespace ClassContact.Kit.Sound;

/// <summary>The one form of sound here: samples of 16 bits, one channel, 48 000 a second (what USB speakerphones and PipeWire use).</summary>
internal static class Pcm
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 48_000;

    /// <summary>How long a tool or a driver may take beyond the sound itself. Opening takes some 50 ms; a device that wakes up, two seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The number of samples in a length of time.</summary>
    public static int Samples(TimeSpan length) => (int)(length.TotalSeconds * Rate);

    /// <summary>How long so many samples last.</summary>
    public static TimeSpan Length(int samples) => TimeSpan.FromSeconds((double)samples / Rate);

    /// <summary>A sine with soft ends: without them it begins and ends with a click.</summary>
    /// <param name="hertz">Its pitch.</param>
    /// <param name="length">Its length.</param>
    /// <param name="level">Of its peaks, dB below full scale: 0 or less.</param>
    public static short[] Tone(double hertz, TimeSpan length, double level)
    {
        var samples = new short[Samples(length)];
        var amplitude = short.MaxValue * Math.Pow(10, level / 20);
        const double Ramp = 0.01 * Rate;
        for (var n = 0; n < samples.Length; n++)
        {
            var edge = Math.Min(1, Math.Min(n, samples.Length - 1 - n) / Ramp);
            samples[n] = (short)(amplitude * edge * Math.Sin(2 * Math.PI * hertz * n / Rate));
        }
        return samples;
    }
}
