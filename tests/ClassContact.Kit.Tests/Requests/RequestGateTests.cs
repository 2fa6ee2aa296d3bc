using System.Text;
using ClassContact.Kit.Requests;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Requests;

public sealed class RequestGateTests
{
    private static readonly DateTimeOffset Clock = new(2026, 11, 23, 8, 30, 0, TimeSpan.Zero);
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(100);
    private static readonly RequestGate New = new(RequestName.All, RequestBook.Empty, "boot-1");

    [Fact]
    public void A_message_is_accepted_and_shown_without_the_blanks_around_it()
    {
        var step = Hear(New, Message("a", " Bonjour ! "));
        Assert.Equal(new Reply("a", "show-message", Outcome.Accepted), step.Reply);
        Assert.Equal("Bonjour !", step.Do?.Text);
    }

    [Fact]
    public void Once_it_was_shown_that_is_said_once()
    {
        var shown = Hear(New, Message("a")).Gate.Shown("a");
        Assert.Equal(new Reply("a", "show-message", Outcome.Done), shown.Reply);
        Assert.Null(shown.Gate.Shown("a").Reply);
        Assert.Null(shown.Gate.Shown("never-heard-of").Reply);
    }

    [Fact]
    public void The_same_again_gets_the_same_reply_and_does_nothing()
    {
        var first = Hear(New, Message("a"));
        var second = Hear(first.Gate, Message("a"));
        Assert.Equal((first.Reply, null, "again"), (second.Reply, second.Do, second.Verdict));
        var third = Hear(second.Gate.Shown("a").Gate, Message("a", "something else"));
        Assert.Equal((Outcome.Done, null), (third.Reply!.Outcome, third.Do));
        var refused = Hear(Hear(New, Message("b", "")).Gate, Message("b", "good"));
        Assert.Equal(("empty", null), (refused.Reply!.Reason, refused.Do));
    }

    [Theory]
    [InlineData("show-message", "", "empty")]
    [InlineData("show-message", "two\nlines", "not-plain")]
    [InlineData("show-message", "turned \u202e round", "not-plain")]
    [InlineData("start", "x", "unknown")]
    [InlineData("bundle", "x", "unknown")]
    public void What_is_not_to_be_done_is_refused_with_the_reason(string name, string text, string reason)
    {
        var step = Hear(New, Message("a", text), name);
        Assert.Equal((new Reply("a", name, Outcome.Refused, reason), null), (step.Reply, step.Do));
    }

    [Fact]
    public void Two_hundred_characters_are_shown_and_one_more_is_refused()
    {
        Assert.NotNull(Hear(New, Message("a", new string('é', 200))).Do);
        Assert.Equal("too-long", Hear(New, Message("a", new string('é', 201))).Reply!.Reason);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void What_has_expired_by_a_trusted_clock_is_refused(int seconds, bool isShown)
    {
        var step = New.Hear(new("show-message", Message("a"), false), new(Start, Clock.AddMinutes(2).AddSeconds(seconds)));
        Assert.Equal((isShown ? null : "expired", isShown), (step.Reply!.Reason, step.Do is not null));
    }

    [Fact]
    public void For_a_message_a_clock_that_cannot_be_trusted_judges_nothing() =>
        Assert.NotNull(New.Hear(new("show-message", Message("a", expires: DateTimeOffset.UnixEpoch), false), new(Start, null)).Do);

    [Fact]
    public void What_the_broker_had_kept_is_ignored()
    {
        var step = New.Hear(new("show-message", Message("a"), Retained: true), new(Start, Clock));
        Assert.Equal((null, null, "retained"), (step.Reply, step.Do, step.Verdict));
    }

    [Fact]
    public void A_later_version_and_a_missing_text_are_refused_and_what_has_no_envelope_is_ignored()
    {
        Assert.Equal("version", Hear(New, """{"v":2,"id":"a","expires":"2026-11-23T09:00:00Z","text":"x"}"""u8.ToArray()).Reply!.Reason);
        Assert.Equal("unreadable", Hear(New, """{"v":1,"id":"a","expires":"2026-11-23T09:00:00Z"}"""u8.ToArray()).Reply!.Reason);
        Assert.Equal((null, "no-envelope"), (Hear(New, "garbage"u8.ToArray()).Reply, Hear(New, "garbage"u8.ToArray()).Verdict));
    }

    [Fact]
    public void Of_a_flood_five_a_minute_are_shown_thirty_answered_and_the_rest_ignored_and_a_minute_later_it_goes_on()
    {
        var gate = New;
        var steps = new List<GateStep>();
        for (var n = 0; n < 1000; n++)
        {
            steps.Add(Hear(gate, Message($"id-{n}")));
            gate = steps[^1].Gate;
        }
        Assert.Equal((5, 30), (steps.Count(s => s.Do is not null), steps.Count(s => s.Reply is not null)));
        Assert.Equal("flood", steps[^1].Verdict);
        Assert.NotNull(gate.Hear(new("show-message", Message("later"), false), new(Start + TimeSpan.FromMinutes(1), Clock)).Do);
    }

    [Fact]
    public void Only_so_many_refusals_are_remembered_the_oldest_is_forgotten()
    {
        var gate = New;
        for (var n = 0; n <= RequestGate.MostRemembered; n++)
            gate = gate.Hear(new("start", Message($"id-{n}"), false), new(Start + TimeSpan.FromMinutes(n), Clock)).Gate;
        var later = new RequestMoment(Start + TimeSpan.FromMinutes(RequestGate.MostRemembered + 1), Clock);
        Assert.Equal("again", gate.Hear(new("start", Message("id-1"), false), later).Verdict);
        Assert.Equal("unknown", gate.Hear(new("start", Message("id-0"), false), later).Verdict);
    }

    // Seeded, so that a failure can be run again: good requests, cut, bent and spliced.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Hostile_requests_never_crash_the_gate_and_nothing_that_is_not_plain_is_ever_shown(int seed)
    {
        var random = new Random(seed);
        var gate = New;
        var (now, shown) = (Start, 0);
        for (var n = 0; n < 20_000; n++)
        {
            now += TimeSpan.FromSeconds(random.Next(10));
            var step = gate.Hear(new(Pick(random, "show-message", "show-message", "reboot", "set-log-level", "a"), Hostile(random), random.Next(20) == 0), new(now, random.Next(3) == 0 ? null : Clock));
            gate = step.Gate;
            shown += step.Do?.Text is null ? 0 : 1;
            if (step.Do?.Text is { } text)
                Assert.Null(PlainLine.ProblemOf(text, 200));
            Assert.NotEqual(RequestName.SetLogLevel, step.Do?.Name); // none of these has its fields
            if (step.Reply is { } reply)
                Assert.True(Topic.TryParse(new Topic(KitId.Parse("kit-1"), Channel.Reply, reply.Id).ToString(), out _));
            if (random.Next(5) == 0)
                gate = gate.Shown(Pick(random, "a", "b", "", "é")).Gate;
        }
        Assert.True(shown > 10, $"only {shown} were good: the generator tries too little");
    }

    private static byte[] Hostile(Random random)
    {
        var text = string.Concat(Enumerable.Range(0, random.Next(300)).Select(_ => Pick(random, "a", "é", "😀", "\n", "\u202e", "\ud83d", "\0", "{", "\"", "a", "a", "a", "a")));
        var id = Pick(random, "a", "b", "../x", "", "é", $"id-{random.Next(1000)}", $"id-{random.Next()}");
        var payload = random.Next(3) == 0
            ? Message(id, random.Next(2) == 0 ? "Bonjour" : text)
            : Encoding.UTF8.GetBytes($$"""{"v":{{Pick(random, "1", "1", "1", "2", "1e999", "null", "\"1\"")}},"id":"{{id}}","expires":"{{Pick(random, "2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "x")}}","text":{{Pick(random, "\"ok\"", "\"ok\"", "null", "[]", "\"\\ud800\"", "\"\\u202e\"")}}}""");
        for (var bend = random.Next(4) == 0 ? random.Next(4) : 0; bend > 0 && payload.Length > 0; bend--)
            payload[random.Next(payload.Length)] = (byte)random.Next(256);
        return random.Next(10) == 0 ? payload[..random.Next(payload.Length + 1)] : payload;
    }

    private static string Pick(Random random, params string[] from) => from[random.Next(from.Length)];

    private static GateStep Hear(RequestGate gate, byte[] payload, string name = "show-message") => gate.Hear(new(name, payload, false), new(Start, Clock));

    private static byte[] Message(string id, string text = "Bonjour", DateTimeOffset? expires = null) =>
        Wire.WriteRequest(new Request(Stamp.Version, id, expires ?? Clock.AddMinutes(2)), new ShowMessage(text));
}
