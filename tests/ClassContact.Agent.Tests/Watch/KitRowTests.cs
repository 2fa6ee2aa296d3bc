using ClassContact.Agent.Watch;
using ClassContact.Messages;
using ClassContact.Messages.Reading;
using Xunit;
using Channel = ClassContact.Messages.Channel;

namespace ClassContact.Agent.Tests.Watch;

public sealed class KitRowTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 23, 8, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(PresenceState.Online, CallPhase.WithPupil, false, 0, "● online", "with pupil", "", nameof(Concern.InClass))]
    [InlineData(PresenceState.Online, CallPhase.Standby, false, 0, "● online", "standby", "", nameof(Concern.Ready))]
    [InlineData(PresenceState.Online, CallPhase.Standby, true, 0, "? online", "standby", "age unknown", nameof(Concern.Ready))]
    [InlineData(PresenceState.Online, CallPhase.WithPupil, false, 200, "? stale", "(with pupil)", "was online, not heard for 3 min", nameof(Concern.Doubt))]
    [InlineData(PresenceState.Lost, CallPhase.WithPupil, false, 0, "✗ lost", "(with pupil)", "", nameof(Concern.Trouble))]
    [InlineData(PresenceState.Off, CallPhase.Standby, false, 9999, "○ off", "(standby)", "", nameof(Concern.Away))]
    [InlineData(PresenceState.Sleeping, CallPhase.Standby, false, 9999, "◌ sleeping", "(standby)", "", nameof(Concern.Away))]
    public void A_kit_in_words(PresenceState state, CallPhase phase, bool kept, int seconds, string presence, string call, string note, string concern)
    {
        var row = Row(state, new(phase, Then, null, [], null), kept, seconds);
        Assert.Equal((presence, call, note, concern), (row.Presence, row.Call, row.Note, row.Concern.ToString()));
    }

    [Fact]
    public void Every_state_has_its_word()
    {
        foreach (var phase in Enum.GetValues<CallPhase>())
            foreach (var state in Enum.GetValues<PresenceState>())
                Assert.NotEmpty(Row(state, new(phase, Then, null, [], null)).Call);
    }

    [Fact]
    public void What_is_missing_or_broken_is_trouble_and_is_told()
    {
        var missing = Row(PresenceState.Online, new(CallPhase.Open, Then, null, ["camera", "microphone"], null));
        Assert.Equal(("no camera, microphone", Concern.Trouble), (missing.Note, missing.Concern));
        var faulted = Row(PresenceState.Online, new(CallPhase.Faulted, Then, "page-not-\u001bloaded", [], new("x", Then, "key", StoppedAt: "page-loaded")));
        Assert.Equal(("page-not-loaded; stopped at page-loaded", Concern.Trouble), (faulted.Note, faulted.Concern));
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(119.9, "119 s")]
    [InlineData(120, "2 min")]
    [InlineData(7200, "2 h")]
    [InlineData(172800, "2 d")]
    public void An_age_has_one_unit(double seconds, string expected) => Assert.Equal(expected, KitRow.Ago(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(KitHealth.NotReady, "✗ not ready", nameof(Concern.Trouble))]
    [InlineData(KitHealth.Degraded, "! degraded", nameof(Concern.Degraded))]
    [InlineData(KitHealth.Ready, "ready", nameof(Concern.Ready))]
    [InlineData(KitHealth.Checking, "checking", nameof(Concern.Ready))]
    public void A_kit_s_health_in_words_with_the_worst_and_its_age(KitHealth state, string word, string concern)
    {
        var row = KitRow.Of(Ill(state, "unheard-\u001b[31mof", Then.AddMinutes(-5)), TimeSpan.FromSeconds(60), TimeProvider.System);
        Assert.Equal((word, "unheard-[31mof: gone (6 min)", concern), (row.Health, row.Note, row.Concern.ToString()));
    }

    [Fact]
    public void A_fault_of_the_future_is_of_now_and_one_that_is_not_listed_is_not_told()
    {
        Assert.Equal("a: gone (0 s)", KitRow.Of(Ill(KitHealth.NotReady, "a", DateTimeOffset.MaxValue), TimeSpan.Zero, TimeProvider.System).Note);
        Assert.Equal("", KitRow.Of(Ill(KitHealth.NotReady, "a", Then, worst: "b"), TimeSpan.Zero, TimeProvider.System).Note);
        Assert.EndsWith("d)", KitRow.Of(Ill(KitHealth.NotReady, "a", DateTimeOffset.MinValue), TimeSpan.Zero, TimeProvider.System).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void The_health_of_an_agent_that_was_restarted_is_not_current()
    {
        var old = Wire.Write(new Stamp(Stamp.Version, Then, 1, ClockState.Synced, "old", "s"), new HealthStatus(KitHealth.NotReady, Then, null, []));
        var row = KitRow.Of(Ill(KitHealth.Ready, "a", Then).Apply(Channel.Health, old, false, TimeSpan.Zero), TimeSpan.Zero, TimeProvider.System);
        Assert.Equal(("(✗ not ready)", "", Concern.Ready), (row.Health, row.Note, row.Concern));
    }

    private static KitSight Ill(KitHealth state, string code, DateTimeOffset since, string? worst = null)
    {
        var stamp = new Stamp(Stamp.Version, Then, 1, ClockState.Synced, "b", "s");
        var health = new HealthStatus(state, Then, worst ?? code, [new(code, Severity.StopsCalls, Verdict.Fail, since, "gone")]);
        return new KitSight(KitId.Parse("kit-1")).Apply(Channel.Presence, Wire.Write(stamp, new Presence(PresenceState.Online)), false, TimeSpan.Zero)
            .Apply(Channel.Health, Wire.Write(stamp, health), false, TimeSpan.Zero);
    }

    private static KitRow Row(PresenceState state, CallStatus call, bool kept = false, int seconds = 0)
    {
        var stamp = new Stamp(Stamp.Version, Then, 1, ClockState.Synced, "b", "s");
        var sight = new KitSight(KitId.Parse("kit-1"))
            .Apply(Channel.Presence, Wire.Write(stamp, new Presence(state)), kept, TimeSpan.Zero)
            .Apply(Channel.Call, Wire.Write(stamp, call), kept, TimeSpan.Zero);
        return KitRow.Of(sight, TimeSpan.FromSeconds(seconds), TimeProvider.System);
    }
}
