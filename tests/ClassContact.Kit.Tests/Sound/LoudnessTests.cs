using ClassContact.Kit.Sound;
using Xunit;

namespace ClassContact.Kit.Tests.Sound;

public class LoudnessTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-20)]
    [InlineData(-60)]
    public void A_sine_is_three_decibels_below_its_peak(double level)
    {
        var heard = Loudness.Of(Pcm.Tone(1000, TimeSpan.FromSeconds(1), level));
        Assert.InRange(heard.Level, level - 3.4, level - 2.9); // its soft ends take a little
        Assert.False(heard.IsSilent);
    }

    [Theory]
    [InlineData(new short[] { })]
    [InlineData(new short[] { 0, 0, 0 })]
    [InlineData(new short[] { 0, 1, 0, 1 })]
    [InlineData(new short[] { -5, -5, -4 })]
    public void Samples_within_one_step_of_each_other_are_silence(short[] samples) => Assert.True(Loudness.Of(samples).IsSilent);

    [Fact]
    public void Two_steps_are_a_sound() => Assert.False(Loudness.Of([0, 2, 0]).IsSilent);

    [Fact]
    public void A_level_is_always_a_number() => Assert.Equal([-100, 0], new[] { Loudness.Of([]), Loudness.Of([short.MinValue]) }.Select(l => l.Level));
}
