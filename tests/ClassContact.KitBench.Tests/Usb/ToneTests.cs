namespace ClassContact.KitBench.Tests.Usb;

/// <summary>What a recording sounds like.</summary>
public sealed class ToneTests
{
    [Theory]
    [InlineData(440, 16000)]
    [InlineData(1000, 48000)]
    [InlineData(3990, 16000)]
    public void A_tone_with_gaps_in_it_is_known_by_its_frequency(int tone, int rate)
    {
        var samples = Enumerable.Range(0, rate).Select(at => at % 7000 < 2000 ? (short)0 : (short)(3000 * Math.Sin(2 * Math.PI * tone * at / rate))).ToArray();
        Assert.Equal(tone, Tone.Of(samples, rate));
    }

    [Fact]
    public void Silence_has_none() => Assert.Null(Tone.Of(new short[16000], 16000));
}
