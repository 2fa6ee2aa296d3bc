using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Network;
using Xunit;

namespace ClassContact.Kit.Tests.Enrolment;

public class RenewalTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Validity Valid = new(Start, Start.AddDays(90));

    [Theory]
    [InlineData(-365, RenewalDue.ClockBehind)]
    [InlineData(0, RenewalDue.NotYet)]
    [InlineData(59.9, RenewalDue.NotYet)]
    [InlineData(60, RenewalDue.Due)]
    [InlineData(89.9, RenewalDue.Due)] // after the holidays
    [InlineData(90, RenewalDue.Expired)]
    [InlineData(365, RenewalDue.Expired)]
    public void A_kit_renews_when_two_thirds_of_the_life_are_over(double days, object due) => Assert.Equal(due, Renewal.Of(Valid, Start.AddDays(days)));

    [Fact]
    public void The_first_look_is_spread_over_minutes_unless_the_certificate_ends_within_a_day()
    {
        Assert.Equal(Renewal.First / 2, Renewal.BeforeFirst(Valid, Start.AddDays(80), 0.5));
        Assert.Equal(TimeSpan.Zero, Renewal.BeforeFirst(Valid, Start.AddDays(89.5), 0.5));
        Assert.Equal(TimeSpan.Zero, Renewal.BeforeFirst(Valid, Start.AddDays(200), 0.5));
        Assert.Equal(Renewal.First / 2, Renewal.BeforeFirst(Valid, Start.AddDays(-365), 0.5));
        Assert.Equal(Renewal.First, Renewal.BeforeFirst(null, Start, 1));
    }

    [Fact]
    public void Looks_are_a_day_apart_an_hour_after_a_failure_and_never_all_at_the_same_minute()
    {
        Assert.Equal(TimeSpan.FromDays(0.9), Renewal.Between(isWell: true, 0));
        Assert.Equal(TimeSpan.FromDays(1.1), Renewal.Between(isWell: true, 1));
        Assert.Equal(TimeSpan.FromHours(1), Renewal.Between(isWell: false, 0.5));
    }
}
