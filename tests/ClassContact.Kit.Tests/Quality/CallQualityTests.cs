using System.Text.Json;
using ClassContact.Kit.Call;
using ClassContact.Kit.Quality;
using Xunit;
using static ClassContact.Kit.Tests.Quality.Told;

namespace ClassContact.Kit.Tests.Quality;

public class CallQualityTests
{
    private readonly CallQuality quality = new();
    private double now = 100;

    [Fact]
    public void Looks_a_second_apart_give_a_sample_each_and_those_in_between_none()
    {
        Assert.Null(Look(0, frames: 0));
        Assert.Null(Look(0.1, frames: 3));
        Assert.NotNull(Look(0.9, frames: 30));
        Assert.NotNull(Look(1, frames: 60));
        Assert.Equal(30, Fps());
    }

    [Fact]
    public void Figures_are_of_the_last_ten_seconds()
    {
        for (var i = 0; i <= 80; i++)
            Look(1, frames: i <= 70 ? i * 10 : 700 + ((i - 70) * 25));
        Assert.Equal(25, Fps());
        now += 11;
        Assert.Empty(quality.Figures(Now));
    }

    [Fact]
    public void Another_page_begins_anew_and_another_call_forgets_the_last()
    {
        Look(0, frames: 0);
        Look(1, frames: 30);
        Assert.Null(Look(1, frames: 5, attempt: 2));
        Assert.NotEmpty(quality.Figures(Now));
        Assert.Null(Look(1, frames: 5, launch: "other"));
        Assert.Empty(quality.Figures(Now));
    }

    [Fact]
    public void A_page_that_tells_nothing_and_a_page_not_looked_at_for_long_give_no_sample()
    {
        Look(0, frames: 0);
        Assert.Null(quality.See(new(new("a", 1), Tracks.Both, true), At(1)));
        Assert.Null(Look(1, frames: 60));
        Assert.NotNull(Look(1, frames: 90));
        Assert.Null(Look(6, frames: 270));
        quality.Ended();
        Assert.Null(Look(1, frames: 300));
    }

    // A look's counters as the page tells them, and what is made of them: a call's second.
    [Fact]
    public void A_second_of_a_class_costs_little_memory()
    {
        var told = JsonSerializer.SerializeToElement(new
        {
            streams = Enumerable.Range(1, 4).Select(i => new { key = i, sent = i < 3, picture = i % 2 == 0, packets = 100, bytes = 1000, frames = 30, jitter = 0.01, lost = 0 }),
            ways = new[] { new { roundTrip = 0.1, relay = false, tcp = false } },
        });
        Second(); // once for what is made once
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Second();
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 16 * 1024);

        void Second() => quality.See(new(new("a", 1), Tracks.Both, true, 0, Counters: CallCounters.Of(told)), At(1));
    }

    private TimeSpan Now => TimeSpan.FromSeconds(now);

    private QualitySample? Look(double after, double frames, int attempt = 1, string launch = "a") => quality.See(
        new(new(launch, attempt), Tracks.Both, true, 0, Counters: Counters(Stream(1, false, true, ("packets", frames + 1), ("bytes", frames), ("frames", frames)))), At(after));

    private TimeSpan At(double after) => TimeSpan.FromSeconds(now += after);

    private double Fps() => quality.Figures(Now).Single(m => m.Name == "classcontact.call.video.received.fps").Value;
}
