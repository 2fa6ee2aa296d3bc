using ClassContact.Kit.Browser;
using Xunit;

namespace ClassContact.Kit.Tests.Browser;

public sealed class BrowserPatienceTests
{
    private readonly FakeTime time = new();
    private readonly BrowserPatience patience;

    public BrowserPatienceTests() => patience = new(time);

    [Fact]
    public void A_browser_that_starts_may_take_longer_than_one_in_use()
    {
        Assert.Equal(TimeSpan.FromSeconds(4), patience.For(isStarting: false));
        Assert.Equal(TimeSpan.FromSeconds(30), patience.For(isStarting: true));
    }

    [Fact]
    public void It_grows_with_every_browser_given_up_and_a_page_in_use_is_never_waited_for_longer_than_4_s()
    {
        List<(double Starting, double InUse)> seen = [];
        for (var i = 0; i < 40; i++)
        {
            patience.GaveUp();
            seen.Add((patience.For(isStarting: true).TotalSeconds, patience.For(isStarting: false).TotalSeconds));
        }
        Assert.Equal([(60, 4), (120, 4), (120, 4)], seen[..3]);
        Assert.Equal((120, 4), seen[^1]);
    }

    [Fact]
    public void A_minute_of_prompt_answers_makes_it_short_again()
    {
        patience.GaveUp();
        time.Advance(TimeSpan.FromSeconds(40));
        patience.Answered(TimeSpan.FromSeconds(3));
        time.Advance(TimeSpan.FromSeconds(40));
        patience.Answered(TimeSpan.FromMilliseconds(30));
        Assert.Equal(TimeSpan.FromSeconds(60), patience.For(isStarting: true));
        time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(TimeSpan.FromSeconds(30), patience.For(isStarting: true));
    }
}
