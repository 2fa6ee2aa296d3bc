using ClassContact.Messages.Reading;
using Xunit;

namespace ClassContact.Messages.Tests.Reading;

public sealed class KitSightTests
{
    private static readonly KitId Kit = KitId.Parse("kit-1");
    private static readonly KitSight Nothing = new(Kit);

    [Fact]
    public void Before_the_first_presence_nothing_is_known()
    {
        Assert.Equal(Freshness.Unknown, Nothing.At(At(1000)));
        Assert.True(Nothing.IsEmpty);
    }

    [Theory]
    [InlineData(false, 0, Freshness.Live)]
    [InlineData(false, 149.9, Freshness.Live)]
    [InlineData(false, 150, Freshness.Stale)]
    [InlineData(false, 1e6, Freshness.Stale)]
    [InlineData(true, 0, Freshness.AgeUnknown)]
    [InlineData(true, 149.9, Freshness.AgeUnknown)]
    [InlineData(true, 150, Freshness.Stale)]
    public void An_online_kit_becomes_stale_150_s_after_it_was_read(bool retained, double seconds, Freshness expected) =>
        Assert.Equal(expected, Nothing.Apply(Channel.Presence, Online("b1", "s1", 5), retained, At(100)).At(At(100 + seconds)));

    [Theory]
    [InlineData(false, 100, 1000)]
    [InlineData(true, 100, 900)]
    [InlineData(true, -100, 1000)] // the kit's clock was set back meanwhile
    [InlineData(true, 1e10, 1000 - (3650 * 86400.0))] // it began in the wrong century
    public void A_call_for_help_that_waited_is_as_old_as_it_is(bool historical, double waited, double calledAt)
    {
        var call = new KitEvent(7, "help", Samples.Monday, Help: new(CallPhase.Standby, Samples.Monday, [], [], []), Journal: "0123456789abcdef", Historical: historical);
        var sight = Nothing.Apply(Channel.Event, Wire.Write(Samples.Stamp() with { At = Samples.Monday + At(waited) }, call), retained: false, At(1000));
        Assert.Equal(At(calledAt), sight.HelpCalledAt);
        var again = sight.Apply(Channel.Event, Wire.Write(Samples.Stamp() with { At = Samples.Monday + At(200), Boot = "b2" }, call with { Historical = true }), retained: false, At(2000));
        Assert.Equal(At(calledAt), again.HelpCalledAt);
    }

    [Theory]
    [InlineData(PresenceState.Off)]
    [InlineData(PresenceState.Sleeping)]
    [InlineData(PresenceState.Lost)]
    public void A_last_word_stays_true(PresenceState state)
    {
        var said = Say("b1", "s1", 5, state);
        Assert.Equal(Freshness.Live, Nothing.Apply(Channel.Presence, said, retained: false, At(0)).At(At(1e6)));
        Assert.Equal(Freshness.AgeUnknown, Nothing.Apply(Channel.Presence, said, retained: true, At(0)).At(At(1e6)));
    }

    [Fact]
    public void A_live_presence_ends_the_unknown_age()
    {
        var sight = Nothing.Apply(Channel.Presence, Online("b1", "s1", 5), retained: true, At(0)).Apply(Channel.Presence, Online("b1", "s1", 65), retained: false, At(40));
        Assert.Equal(Freshness.Live, sight.At(At(41)));
    }

    [Fact]
    public void Other_documents_do_not_make_a_presence_fresh()
    {
        var sight = Nothing.Apply(Channel.Presence, Online("b1", "s1", 5), retained: true, At(0)).Apply(Channel.Call, Call("b1"), retained: false, At(149));
        Assert.Equal(Freshness.Stale, sight.At(At(150)));
    }

    [Fact]
    public void After_a_gap_in_listening_the_brokers_copy_of_what_we_heard_is_no_news()
    {
        var heard = Nothing.Apply(Channel.Presence, Online("b1", "s1", 5), retained: false, At(0)).NotListening();
        Assert.Equal(Freshness.AgeUnknown, heard.At(At(1)));
        var again = heard.Apply(Channel.Presence, Online("b1", "s1", 5), retained: true, At(100));
        Assert.Equal(Freshness.AgeUnknown, again.At(At(101)));
        Assert.Equal(Freshness.Stale, again.At(At(150)));
    }

    [Fact]
    public void The_brokers_copy_takes_nothing_from_what_we_heard_ourselves() => Assert.Equal(Freshness.Live, Nothing
        .Apply(Channel.Presence, Online("b1", "s1", 5), retained: false, At(0)).Apply(Channel.Presence, Online("b1", "s1", 5), retained: true, At(1)).At(At(2)));

    public static TheoryData<string, byte[], byte[], bool, PresenceState> Wills => new()
    {
        { "of the session that is online", Online("b1", "s1", 5), Will("b1", "s1", 4), false, PresenceState.Lost },
        { "of an older session of this start, live", Online("b1", "s2", 50), Will("b1", "s1", 4), false, PresenceState.Online },
        { "of an older session of this start, kept", Online("b1", "s2", 50), Will("b1", "s1", 4), true, PresenceState.Online },
        { "of a newer session of this start whose birth was missed", Online("b1", "s1", 50), Will("b1", "s2", 90), true, PresenceState.Lost },
        { "of an earlier start, live", Online("b2", "s2", 5), Will("b1", "s1", 4000), false, PresenceState.Online },
        { "of an earlier start, kept, by two trusted clocks", Online("b2", "s2", 5, minutes: 10), Will("b1", "s1", 4000, minutes: 1), true, PresenceState.Online },
        { "of a later start, kept, by two trusted clocks", Online("b1", "s1", 4000, minutes: 1), Will("b2", "s2", 5, minutes: 10), true, PresenceState.Lost },
        { "of another start, kept, by clocks that nobody trusts", Online("b1", "s1", 4000, clock: ClockState.Unsynced), Will("b2", "s2", 5, clock: ClockState.Unsynced), true, PresenceState.Lost },
        { "of another start, live, by clocks that nobody trusts", Online("b2", "s2", 5, clock: ClockState.Unsynced), Will("b1", "s1", 5, clock: ClockState.Unsynced), false, PresenceState.Online },
    };

    [Theory]
    [MemberData(nameof(Wills))]
    public void A_will(string which, byte[] online, byte[] will, bool kept, PresenceState expected)
    {
        var sight = Nothing.Apply(Channel.Presence, online, retained: false, At(0)).Apply(Channel.Presence, will, kept, At(1));
        Assert.True(expected == sight.Presence!.Body.State, which);
    }

    [Fact]
    public void A_kit_that_comes_back_is_online_whatever_its_new_clock_says()
    {
        var sight = Nothing.Apply(Channel.Presence, Will("b1", "s1", 5, minutes: 100), retained: false, At(0))
            .Apply(Channel.Presence, Online("b2", "s2", 1, minutes: 0), retained: false, At(1));
        Assert.Equal((PresenceState.Online, Freshness.Live), (sight.Presence!.Body.State, sight.At(At(1))));
    }

    [Fact]
    public void A_call_said_before_the_agent_was_started_again_is_not_of_this_start()
    {
        var sight = Nothing.Apply(Channel.Call, Call("b1"), retained: true, At(0)).Apply(Channel.Presence, Online("b1", "s1", 5), retained: true, At(0));
        Assert.True(sight.IsCallOfThisStart);
        Assert.False(sight.Apply(Channel.Presence, Online("b2", "s2", 1), retained: false, At(9)).IsCallOfThisStart);
    }

    [Theory]
    [InlineData(Channel.Presence)]
    [InlineData(Channel.About)]
    [InlineData(Channel.Call)]
    [InlineData(Channel.Event)]
    public void What_cannot_be_read_is_counted_and_changes_nothing(Channel channel)
    {
        var before = Nothing.Apply(Channel.Presence, Online("b1", "s1", 5), retained: false, At(0));
        Assert.Equal(before with { Unreadable = 1 }, before.Apply(channel, "garbage"u8, retained: false, At(1)));
    }

    [Fact]
    public void A_kit_whose_documents_are_cleared_is_gone()
    {
        var topic = new Topic(Kit, Channel.Presence).ToString();
        var seen = KitsSeen.None.Apply(topic, Online("b1", "s1", 5), retained: true, At(0));
        Assert.Single(seen.Kits);
        Assert.Empty(seen.Apply(topic, [], retained: false, At(1)).Kits);
    }

    [Fact]
    public void Foreign_topics_are_counted() => Assert.Equal(1, KitsSeen.None.Apply("$SYS/x", "1"u8, retained: false, At(0)).Unreadable);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static byte[] Online(string boot, string session, double uptime, int minutes = 0, ClockState clock = ClockState.Synced) =>
        Say(boot, session, uptime, PresenceState.Online, minutes, clock);

    private static byte[] Will(string boot, string session, double uptime, int minutes = 0, ClockState clock = ClockState.Synced) =>
        Say(boot, session, uptime, PresenceState.Lost, minutes, clock);

    private static byte[] Say(string boot, string session, double uptime, PresenceState state, int minutes = 0, ClockState clock = ClockState.Synced) => Wire.Write(
        Samples.Stamp(clock, uptime, boot, session) with { At = Samples.Monday.AddMinutes(minutes) }, new Presence(state, state is PresenceState.Lost));

    private static byte[] Call(string boot) => Wire.Write(Samples.Stamp(boot: boot), new CallStatus(CallPhase.Open, Samples.Monday, null, [], null));
}
