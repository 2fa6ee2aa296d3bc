using ClassContact.Kit.Link;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Link;

/// <summary>Which figures go out when: all of them at their pace, and while it hurries those of the call in between.</summary>
public sealed class FigureFeedTests
{
    private readonly FakeTime time = new();

    [Fact]
    public void In_a_class_its_own_figures_go_out_every_ten_seconds_and_all_of_them_at_their_usual_pace()
    {
        var feed = new FigureFeed(() => Named("all"), TimeSpan.FromSeconds(900), time) { Hurried = () => Named("call") };
        Assert.True(feed.Hurry(TimeSpan.FromSeconds(10)));
        var said = Over(feed, TimeSpan.FromMinutes(50));
        Assert.Equal("all", said[0]);
        Assert.InRange(said.Count, 3000 / 11, 3000 / 9);
        Assert.InRange(said.Count(name => name == "all"), 3, 4);
        Assert.True(feed.Hurry(null));
        Assert.All(Over(feed, TimeSpan.FromHours(2)), name => Assert.Equal("all", name));
    }

    [Fact]
    public void A_pace_that_is_quicker_than_that_of_a_class_says_all_every_time()
    {
        var feed = new FigureFeed(() => Named("all"), TimeSpan.FromSeconds(10), time) { Hurried = () => Named("call") };
        feed.Hurry(TimeSpan.FromSeconds(10));
        Assert.All(Over(feed, TimeSpan.FromMinutes(5)), name => Assert.Equal("all", name));
    }

    private List<string> Over(FigureFeed feed, TimeSpan length)
    {
        var said = new List<string>();
        for (var end = time.GetUtcNow() + length; time.GetUtcNow() + feed.Wait < end;)
        {
            time.Advance(feed.Wait);
            said.Add(feed.Next().Figures[0].Name);
        }
        return said;
    }

    private static Metrics Named(string name) => new([new(name, 1, "1")]);
}
