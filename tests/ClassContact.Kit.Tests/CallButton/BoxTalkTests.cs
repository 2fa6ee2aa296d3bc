using System.Text;
using ClassContact.Kit.CallButton;
using ClassContact.Kit.Keys;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ClassContact.Kit.Tests.CallButton;

public sealed class BoxTalkTests
{
    private const string Greeting = "classcontact-button 1\n";
    private static readonly TimeSpan Begin = TimeSpan.FromSeconds(5000);

    // Pieces of which presses come about, cut anywhere, with noise in between.
    private static readonly Gen<byte[]> Pieces = Gen.Frequency(
        (6, Gen.Elements("up\n", "down\n", "up\r\n", "down\r\n").Select(Encoding.ASCII.GetBytes)),
        (3, Gen.Elements(Greeting, "do", "wn\n", "u", "p\n", "\n", "UP\n", " down\n", "down \n", "downdown\n", "classcontact-button 99999999999999999999\n", new string('u', 50)).Select(Encoding.ASCII.GetBytes)),
        (1, Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value))));

    private static readonly Gen<(byte[] Bytes, int Wait)> Steps = from bytes in Pieces from wait in Gen.Elements(0, 10, 60, 200, 400, 900, 1100) select (bytes, wait);

    [Fact]
    public void Whatever_bytes_come_no_stroke_is_without_its_well_formed_lines() => Prop.ForAll(Arb.From(Gen.ListOf(Steps)), steps => Run(steps).Explained)
        .Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(5000).WithEndSize(150));

    [Fact]
    public void The_streams_of_that_property_do_bring_strokes()
    {
        var runs = Gen.Sample(Gen.ListOf(Steps), 150, 500).Select(Run).ToList();
        Assert.Contains(runs, run => run.Starts > 0);
        Assert.Contains(runs, run => run.Ends > 0);
    }

    [Fact]
    public void Until_it_has_greeted_it_is_asked_and_its_button_is_nothing()
    {
        var talk = new BoxTalk(Begin);
        Assert.Equal("hello\n", talk.Say(Lamp.Open, Begin));
        Assert.Empty(Hear(talk, "up\ndown\nup\n", 100));
        Assert.Null(talk.Tick(At(200)));
        Assert.Equal("hello\n", talk.Say(Lamp.Open, At(1000)));
        Hear(talk, Greeting, 1100);
        Assert.True(talk.IsGreeted);
        Assert.Equal("lamp open\n", talk.Say(Lamp.Open, At(1100)));
    }

    [Fact]
    public void The_lamp_is_told_at_once_and_then_every_second()
    {
        var talk = new BoxTalk(Begin);
        Hear(talk, Greeting, 0);
        Assert.Equal("lamp off\n", talk.Say(Lamp.Off, At(0)));
        Assert.Null(talk.Say(Lamp.Off, At(999)));
        Assert.Equal("lamp starting\n", talk.Say(Lamp.Starting, At(999)));
        Assert.Null(talk.Say(Lamp.Starting, At(1000)));
        Assert.Equal("lamp muted\n", talk.Say(Lamp.Muted, At(1001)));
        Assert.Equal("lamp muted\n", talk.Say(Lamp.Muted, At(2001)));
    }

    [Fact]
    public void Silence_other_versions_and_floods_end_it()
    {
        var silent = new BoxTalk(Begin);
        Assert.Null(silent.Trouble(At(5999)));
        Assert.Equal("silent", silent.Trouble(At(6000)));

        var dying = new BoxTalk(Begin);
        Hear(dying, Greeting + "up\n", 0);
        Hear(dying, "nonsense\n", 2000);
        Assert.True(dying.IsOdd);
        Assert.Null(dying.Trouble(At(2999)));
        Assert.Equal("silent", dying.Trouble(At(3000)));

        var newer = new BoxTalk(Begin);
        Assert.Empty(Hear(newer, "classcontact-button 2\nup\ndown\nup\n", 0));
        Assert.Equal("other-version", newer.Trouble(At(1)));

        var flooding = new BoxTalk(Begin);
        Hear(flooding, Greeting + string.Concat(Enumerable.Repeat("up\n", 1400)), 0);
        Assert.Equal("floods", flooding.Trouble(At(0)));
    }

    [Fact]
    public void A_box_that_starts_anew_with_its_button_down_gives_no_end()
    {
        var talk = new BoxTalk(Begin);
        Assert.Empty(Hear(talk, Greeting + "up\n", 0));
        Assert.Empty(Hear(talk, "down\n", 500));
        Assert.Empty(Hear(talk, Greeting + "down\n", 1400));
        Assert.Empty(Hear(talk, "down\n", 1600));
        Assert.Empty(Hear(talk, "up\n", 1700));
        Assert.Null(talk.Tick(At(1750)));
    }

    [Theory]
    [InlineData("up\r\n", "up")]
    [InlineData("a\nb\n\nc", "a|b|")]
    [InlineData("1234567890123456789012345678901234567890\n", "1234567890123456789012345678901234567890")]
    [InlineData("12345678901234567890123456789012345678901\nup\n", "up")]
    public void Bytes_become_lines_and_overlong_ones_nothing(string bytes, string lines)
    {
        Assert.Equal(lines, string.Join('|', new LineSplitter().Add(Encoding.ASCII.GetBytes(bytes))));
        var splitter = new LineSplitter();
        Assert.Equal(lines, string.Join('|', bytes.SelectMany(c => splitter.Add([(byte)c]))));
    }

    // The judge keeps its own book: whole lines, and what they allow.
    private static (bool Explained, int Starts, int Ends) Run(IEnumerable<(byte[] Bytes, int Wait)> steps)
    {
        var talk = new BoxTalk(Begin);
        var (now, text, greeted) = (Begin, new StringBuilder(), false);
        var (was, starts, ends, startDue, endDue) = ("", 0, 0, 0, 0);
        foreach (var (bytes, wait) in steps)
        {
            now += TimeSpan.FromMilliseconds(wait);
            var ticked = talk.Tick(now);
            text.Append(Encoding.Latin1.GetString(bytes));
            var strokes = talk.Hear(bytes, now).Prepend(ticked).Where(stroke => stroke is not null).ToList();
            var lines = text.ToString().Split('\n');
            foreach (var line in lines[..^1].Select(line => line.TrimEnd('\r')))
            {
                greeted |= line == Greeting.TrimEnd();
                if (!greeted || line is not ("up" or "down"))
                    continue;
                if (line != was)
                    _ = line == "down" ? ++endDue : ++startDue;
                was = line;
            }
            text.Clear().Append(lines[^1]);
            starts += strokes.Count(stroke => stroke!.Action == KeyAction.Start);
            ends += strokes.Count(stroke => stroke!.Action == KeyAction.End && stroke.Held);
            if (starts > startDue || ends > endDue || starts + ends > endDue || (!greeted && strokes.Count > 0))
                return (false, starts, ends);
        }
        return (true, starts, ends);
    }

    private static IReadOnlyList<KeyStroke> Hear(BoxTalk talk, string text, double ms) => talk.Hear(Encoding.ASCII.GetBytes(text), At(ms));

    private static TimeSpan At(double ms) => Begin + TimeSpan.FromMilliseconds(ms);
}
