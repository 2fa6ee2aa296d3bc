using System.Text.Json.Nodes;
using ClassContact.Kit.Quality;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static ClassContact.Kit.Tests.Quality.Told;

namespace ClassContact.Kit.Tests.Quality;

public class CountersTests
{
    [Fact]
    public void A_second_of_a_class_gives_every_figure_each_way()
    {
        var figures = Figures(
            Counters(
                Stream(1, true, false, ("packets", 1000), ("bytes", 50_000), ("lost", 10), ("energy", 1), ("heard", 20)),
                Stream(2, true, true, ("packets", 2000), ("bytes", 1e6), ("lost", 0), ("frames", 300), ("encoded", 310)),
                Stream(3, false, false, ("packets", 500), ("bytes", 40_000), ("lost", 0), ("concealed", 100), ("samples", 48_000), ("energy", 2), ("heard", 10)),
                Stream(4, false, true, ("packets", 900), ("bytes", 9e5), ("lost", 3), ("frames", 200), ("dropped", 1), ("freezes", 1), ("frozen", 0.5))),
            CountersBy(
                new JsonObject { ["roundTrip"] = 0.1, ["relay"] = true, ["tcp"] = false },
                Stream(1, true, false, ("packets", 1100), ("bytes", 60_000), ("lost", 11), ("jitter", 0.004), ("roundTrip", 0.12), ("energy", 1.01), ("heard", 22)),
                Stream(2, true, true, ("packets", 2400), ("bytes", 1.5e6), ("lost", 4), ("frames", 360), ("encoded", 372), ("width", 1280), ("height", 720)),
                Stream(3, false, false, ("packets", 598), ("bytes", 50_000), ("lost", 2), ("jitter", 0.01), ("concealed", 1060), ("samples", 144_000), ("energy", 2), ("heard", 12)),
                Stream(4, false, true, ("packets", 1300), ("bytes", 1.4e6), ("lost", 3), ("frames", 250), ("dropped", 4), ("freezes", 2), ("frozen", 0.9), ("width", 640), ("height", 360))),
            seconds: 2);
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["audio.sent.bitrate"] = 40_000, ["audio.sent.jitter"] = 4, ["audio.sent.loss"] = 1, ["audio.sent.level"] = -23, ["audio.sent.mos"] = 4.31,
                ["audio.received.bitrate"] = 40_000, ["audio.received.jitter"] = 10, ["audio.received.loss"] = 2, ["audio.received.level"] = -100,
                ["audio.received.concealed"] = 1, ["audio.received.mos"] = 4.23,
                ["video.sent.bitrate"] = 2e6, ["video.sent.loss"] = 1, ["video.sent.fps"] = 30, ["video.sent.encoded"] = 31, ["video.sent.width"] = 1280, ["video.sent.height"] = 720,
                ["video.received.bitrate"] = 2e6, ["video.received.loss"] = 0, ["video.received.fps"] = 25, ["video.received.dropped"] = 3,
                ["video.received.freezes"] = 1, ["video.received.frozen"] = 400, ["video.received.width"] = 640, ["video.received.height"] = 360,
                ["rtt"] = 120, ["path.relay"] = 1, ["path.tcp"] = 0,
            }.OrderBy(f => f.Key).Select(f => $"{f.Key} {f.Value}"),
            figures.OrderBy(f => f.Key).Select(f => $"{f.Key} {f.Value}"));
    }

    [Theory]
    [InlineData("video.received.fps", true)]
    [InlineData("audio.sent.mos", true)]
    [InlineData("rtt", true)]
    [InlineData("video.received.dropped", false)]
    [InlineData("video.sent.restarts", false)]
    public void What_the_child_sees_and_hears_is_told_apart_from_why(string figure, bool isOfTheChild) =>
        Assert.Equal(isOfTheChild, QualityFigures.IsOfTheChild(new($"classcontact.call.{figure}", 1, "1")));

    [Fact]
    public void What_the_browser_does_not_tell_is_missing_and_never_0()
    {
        Assert.Empty(Figures(Of("""{}""")!, Of("""{"streams":[],"ways":[]}""")!, 1));
        Assert.Equal(["path.relay", "path.tcp", "rtt", "video.sent.bitrate"], Figures(
            Counters(Stream(1, true, true, ("packets", 1), ("bytes", 1))), Counters(Stream(1, true, true, ("packets", 2), ("bytes", 2))), 1).Keys.Order());
    }

    [Fact]
    public void A_connection_that_replaces_another_leaves_no_figure_of_the_moment_and_none_that_is_wrong()
    {
        var before = Counters(Stream(1, false, true, ("packets", 9000), ("bytes", 9e6), ("frames", 900)));
        var replaced = Counters(Stream(2, false, true, ("packets", 10_000), ("bytes", 1e7), ("frames", 950)));
        Assert.DoesNotContain(Figures(before, replaced, 1).Keys, name => name.StartsWith("video", StringComparison.Ordinal));
        // The same name, and the counts begin again.
        var again = Counters(Stream(1, false, true, ("packets", 10), ("bytes", 1e4), ("frames", 1)));
        Assert.DoesNotContain(Figures(before, again, 1).Keys, name => name.StartsWith("video", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_several_pictures_the_one_that_carries_most_is_looked_at_and_all_bytes_count()
    {
        var figures = Figures(
            Counters(Stream(1, false, true, ("packets", 1), ("bytes", 0), ("frames", 0)), Stream(2, false, true, ("packets", 1), ("bytes", 0), ("frames", 0))),
            Counters(
                Stream(1, false, true, ("packets", 20), ("bytes", 1000), ("frames", 5), ("height", 180)), Stream(2, false, true, ("packets", 99), ("bytes", 9000), ("frames", 30), ("height", 720))),
            seconds: 1);
        Assert.Equal((80_000, 30, 720), (figures["video.received.bitrate"], figures["video.received.fps"], figures["video.received.height"]));
    }

    [Fact]
    public void A_stream_at_rest_has_no_jitter_and_so_no_score()
    {
        var at = Counters(Stream(1, false, false, ("packets", 100), ("bytes", 1), ("lost", 0), ("jitter", 0.01)));
        var figures = Figures(at, at, 1);
        Assert.DoesNotContain("audio.received.mos", figures.Keys);
        Assert.DoesNotContain("audio.received.jitter", figures.Keys);
        Assert.Equal(0, figures["audio.received.bitrate"]);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"streams\"")]
    [InlineData("[]")]
    public void What_is_nothing_of_the_kind_is_null(string json) => Assert.Null(Of(json));

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"streams":7,"ways":"x"}""")]
    [InlineData("""{"streams":[null,1,"a",[],{}],"ways":[null,{}]}""")]
    [InlineData("""{"streams":[{"key":1.5,"sent":true,"picture":true}]}""")]
    [InlineData("""{"streams":[{"key":1,"sent":"yes","picture":true}]}""")]
    [InlineData("""{"streams":[{"key":99999999999,"sent":true,"picture":true,"packets":1}]}""")]
    public void Streams_that_are_none_are_left_out(string json) => Assert.Empty(Of(json)!.Streams);

    [Theory]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("1e999")]
    [InlineData("\"5\"")]
    [InlineData("{}")]
    [InlineData("true")]
    public void A_count_that_is_none_is_missing(string packets) =>
        Assert.Null(Assert.Single(Of($$"""{"streams":[{"key":1,"sent":true,"picture":true,"packets":{{packets}},"bytes":5}]}""")!.Streams).Packets);

    [Fact]
    public void A_page_that_tells_of_a_thousand_streams_is_not_believed() =>
        Assert.Equal(64, Counters([.. Enumerable.Range(0, 1000).Select(key => Stream(key, true, true))]).Streams.Length);

    [Fact]
    public void Whatever_a_page_counts_every_figure_is_finite_and_none_is_below_what_can_be() => Prop.ForAll(
        Arb.From(from before in Pages from after in Pages from ms in Gen.Choose(1, 5000) select (before, after, ms)),
        pages => Assert.All(Figures(Of(pages.before)!, Of(pages.after)!, pages.ms / 1000.0), figure =>
        {
            Assert.True(double.IsFinite(figure.Value), $"{figure}");
            Assert.True(figure.Value >= (figure.Key.EndsWith("level", StringComparison.Ordinal) ? -100 : 0), $"{figure}");
            Assert.True(figure.Value <= 100 || !figure.Key.EndsWith("loss", StringComparison.Ordinal), $"{figure}");
        })).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(1000).WithReplay(20261121, 1));

    private static readonly string[] Names =
        ["packets", "bytes", "lost", "jitter", "roundTrip", "frames", "encoded", "dropped", "width", "height", "freezes", "frozen", "concealed", "samples", "energy", "heard", "resends"];

    private static readonly Gen<string> Values = Gen.Elements("0", "1", "2.5", "1000", "9007199254740992", "1e-300", "-4", "1e308", "\"x\"", "null", "[]");

    private static readonly Gen<string> Streams =
        from key in Gen.Choose(1, 3)
        from sent in Gen.Elements("true", "false")
        from picture in Gen.Elements("true", "false")
        from values in Gen.ArrayOf(Values, Names.Length)
        select $"{{\"key\":{key},\"sent\":{sent},\"picture\":{picture},{string.Join(',', Names.Zip(values, (name, value) => $"\"{name}\":{value}"))}}}";

    private static readonly Gen<string> Pages =
        from streams in Gen.ListOf(Streams)
        from trip in Values
        select $"{{\"streams\":[{string.Join(',', streams)}],\"ways\":[{{\"roundTrip\":{trip},\"relay\":1,\"tcp\":true}}]}}";
}
