using ClassContact.Agent.Rehearse;
using ClassContact.Kit.Browser;
using ClassContact.Kit.Call;
using Xunit;

namespace ClassContact.Agent.Tests.Rehearse;

/// <summary>What a rehearsal makes of what it is told; no browser.</summary>
public sealed class RehearsalTests
{
    private static readonly MeetingAttempt Attempt = new("rehearsal", 1);
    private readonly Rehearsal rehearsal = new(new("test", ["meet.example"], [new(Click: "#a"), new(WaitFor: "#b", Optional: true)], Joined: "#in"));
    private TimeSpan now;

    [Fact]
    public void Everything_in_order_is_good()
    {
        See(new BrowserAttached(), new PageAnswered(null), Looked(), new StepEnded(1, new(Click: "#a"), true, TimeSpan.FromSeconds(1)),
            Looked(Tracks.Camera), new StepEnded(2, new(WaitFor: "#b", Optional: true), false, TimeSpan.FromSeconds(10)), Looked(Tracks.Both), Joined);
        Assert.True(rehearsal.IsOver);
        Assert.False(rehearsal.HasFailed);
        rehearsal.Close(true, now);
        Assert.Equal("Browser Ok, Page Ok, Host Ok, Step Ok, Camera Ok, Step PassedOver, Microphone Ok, Joined Ok, Standby Ok", Said);
    }

    [Fact]
    public void A_step_that_fails_ends_it_and_what_follows_from_it_is_not_said()
    {
        See(new BrowserAttached(), new PageAnswered(null), Looked(), new StepEnded(1, new(Click: "#a"), false, TimeSpan.FromSeconds(10)), new PageFailed(Attempt, Cause.NotJoined));
        Assert.True(rehearsal.IsOver);
        Assert.Equal("Browser Ok, Page Ok, Host Ok, Step Failed", Said);
        Assert.Equal(1, rehearsal.Points[^1].Number);
    }

    [Theory]
    [InlineData(500, true, "Page Failed")]
    [InlineData(200, false, "Page Ok, Host Failed")]
    public void A_page_that_is_not_the_meetings_is_told_before_any_step(int status, bool isMeetings, string said)
    {
        See(new BrowserAttached(), new PageAnswered(null), new PageLooked(status, isMeetings, Tracks.None, null));
        Assert.Equal($"Browser Ok, {said}", Said);
    }

    [Fact]
    public void A_step_that_is_never_heard_of_again_fails_by_its_number()
    {
        See(new BrowserAttached(), new PageAnswered(null), Looked());
        Assert.Equal(TimeSpan.FromSeconds(15), rehearsal.Deadline - now);
        rehearsal.GiveUp(rehearsal.Deadline);
        Assert.Equal((1, "#a"), (rehearsal.Points[^1].Number, rehearsal.Points[^1].Step!.Selector));
    }

    [Fact]
    public void A_camera_that_does_not_open_is_told_with_the_browsers_word()
    {
        See(new BrowserAttached(), new PageAnswered(null), new PageLooked(200, true, Tracks.Microphone, "NotFoundError"), Joined);
        Assert.False(rehearsal.IsOver);
        rehearsal.GiveUp(rehearsal.Deadline);
        Assert.True(rehearsal.IsOver);
        Assert.Equal(new RehearsalPoint(Point.Camera, Result.Failed, TimeSpan.FromSeconds(10), "NotFoundError"), rehearsal.Points[^1]);
    }

    [Fact]
    public void A_page_that_has_joined_a_moment_before_its_devices_are_open_is_good()
    {
        See(new BrowserAttached(), new PageAnswered(null), Looked(), Joined);
        Assert.False(rehearsal.IsOver);
        See(new PageSeen(Attempt, Tracks.Camera, RemoteMedia: false), new PageSeen(Attempt, Tracks.Both, RemoteMedia: false), new PageSeen(Attempt, Tracks.Both, RemoteMedia: false));
        Assert.True(rehearsal is { IsOver: true, HasFailed: false });
        Assert.Equal(1, rehearsal.Points.Count(p => p.Point is Point.Camera));
    }

    [Fact]
    public void A_browser_that_is_not_there_is_told()
    {
        rehearsal.GiveUp(rehearsal.Deadline);
        Assert.Equal("Browser Failed", Said);
    }

    private MilestoneReached Joined => new(Attempt, Milestone.Joined, now);

    private string Said => string.Join(", ", rehearsal.Points.Select(p => $"{p.Point} {p.Result}"));

    private static PageLooked Looked(Tracks live = Tracks.None) => new(200, true, live, null);

    private void See(params object[] facts)
    {
        foreach (var fact in facts)
            rehearsal.See(fact, now += TimeSpan.FromMilliseconds(100));
    }
}
