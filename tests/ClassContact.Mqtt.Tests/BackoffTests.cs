namespace ClassContact.Mqtt.Tests;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(100_000, 60)]
    public void The_cap_doubles_to_a_minute(int failures, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Cap(failures));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    public void The_jitter_is_full_and_even(int failures)
    {
        var random = new Random(20261121);
        var cap = Backoff.Cap(failures);
        var delays = Enumerable.Range(0, 10_000).Select(_ => Backoff.Delay(failures, random.NextDouble())).ToArray();
        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.Zero, cap));
        foreach (var tenth in delays.GroupBy(delay => (int)(delay / cap * 10)))
            Assert.InRange(tenth.Count(), 900, 1100);
    }
}
