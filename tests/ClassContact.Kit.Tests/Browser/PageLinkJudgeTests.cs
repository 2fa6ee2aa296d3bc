using System.Runtime.Versioning;
using ClassContact.Kit.Browser;
using ClassContact.Kit.Call;
using Xunit;

namespace ClassContact.Kit.Tests.Browser;

[SupportedOSPlatform("linux")]
public sealed class PageLinkJudgeTests
{
    [Theory]
    [InlineData(false, false, false, PageLink.Fine)] // alone in a direct meeting
    [InlineData(true, false, false, PageLink.Fine)]
    [InlineData(true, true, false, PageLink.Fine)] // one of two pupils has gone
    [InlineData(false, true, false, PageLink.PeerBroken)]
    [InlineData(false, false, true, PageLink.Fine)] // not connected yet
    [InlineData(true, true, true, PageLink.Fine)]
    [InlineData(false, true, true, PageLink.MeetingBroken)]
    public void A_broken_connection_is_the_pupils_unless_the_media_go_by_the_meetings_server(bool connected, bool broken, bool throughServer, PageLink link)
    {
        var judge = new PageLinkJudge(throughServer, keepsSocket: true);
        for (var second = 0; second < 60; second++)
            Assert.Equal(link, judge.Judge(Look(connected, broken, sockets: 1), TimeSpan.FromSeconds(second)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_socket_may_return_by_itself_and_is_missed_after_eight_seconds(bool throughServer)
    {
        var judge = new PageLinkJudge(throughServer, keepsSocket: true);
        Assert.Equal(PageLink.Fine, judge.Judge(Look(true, false, sockets: 0), TimeSpan.FromSeconds(100)));
        Assert.Equal(PageLink.Fine, judge.Judge(Look(true, false, sockets: 0), TimeSpan.FromSeconds(107.9)));
        Assert.Equal(PageLink.MeetingBroken, judge.Judge(Look(true, false, sockets: 0), TimeSpan.FromSeconds(108)));
        Assert.Equal(PageLink.Fine, judge.Judge(Look(true, false, sockets: 1), TimeSpan.FromSeconds(109)));
        Assert.Equal(PageLink.Fine, judge.Judge(Look(true, false, sockets: 0), TimeSpan.FromSeconds(110))); // a new absence has its own eight seconds
    }

    [Fact]
    public void A_page_that_never_had_a_socket_is_not_missed_one()
    {
        var judge = new PageLinkJudge(throughServer: true, keepsSocket: true);
        Assert.Equal(PageLink.Fine, judge.Judge(Look(true, false, sockets: null), TimeSpan.Zero));
        Assert.Equal(PageLink.Fine, judge.Judge(Look(true, false, sockets: null), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_socket_that_is_gone_tells_more_than_a_connection_to_the_pupil()
    {
        var judge = new PageLinkJudge(throughServer: false, keepsSocket: true);
        Assert.Equal(PageLink.PeerBroken, judge.Judge(Look(false, true, sockets: 0), TimeSpan.Zero));
        Assert.Equal(PageLink.MeetingGone, judge.Judge(Look(false, true, sockets: 0), PageLinkJudge.AllMayReturn));
    }

    [Fact]
    public void A_socket_is_missed_only_where_the_meetings_page_keeps_one()
    {
        var judge = new PageLinkJudge(throughServer: false, keepsSocket: false);
        Assert.Equal(PageLink.Fine, judge.Judge(Look(true, false, sockets: 0), TimeSpan.Zero));
        Assert.Equal(PageLink.Fine, judge.Judge(Look(true, false, sockets: 0), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_page_that_loaded_itself_anew_and_is_not_in_the_meeting_is_missed_after_five_seconds()
    {
        var judge = new PageLinkJudge(throughServer: false, keepsSocket: true);
        var away = Look(false, false, sockets: null) with { Joined = false, Camera = false, Microphone = false };
        Assert.Equal(PageLink.Fine, judge.Judge(away, TimeSpan.FromSeconds(10)));
        Assert.Equal(PageLink.Fine, judge.Judge(away, TimeSpan.FromSeconds(14.9)));
        Assert.Equal(PageLink.MeetingBroken, judge.Judge(away, TimeSpan.FromSeconds(15)));
        Assert.Equal(PageLink.Fine, judge.Judge(Look(false, false, sockets: null), TimeSpan.FromSeconds(16)));
    }

    [Fact]
    public void A_page_that_somebody_left_with_its_devices_stopped_is_not_brought_back()
    {
        var judge = new PageLinkJudge(throughServer: false, keepsSocket: true);
        var bare = Look(false, false, sockets: 1) with { Joined = false, Camera = false, Microphone = false, CameraAt = 1 };
        Assert.Equal(PageLink.Fine, judge.Judge(bare, TimeSpan.Zero));
        Assert.Equal(PageLink.Fine, judge.Judge(bare, TimeSpan.FromHours(1)));
    }

    [Theory]
    [InlineData(true, false, false)] // its sound goes on
    [InlineData(false, true, true)]
    public void A_page_that_shows_something_else_because_its_camera_was_unplugged_has_not_left(bool microphone, bool cameraEnded, bool microphoneEnded)
    {
        var judge = new PageLinkJudge(throughServer: true, keepsSocket: true);
        var bare = Look(true, false, sockets: 1) with { Joined = false, Camera = false, Microphone = microphone, MicrophoneAt = 1, CameraEnded = cameraEnded, MicrophoneEnded = microphoneEnded };
        Assert.Equal(PageLink.Fine, judge.Judge(bare, TimeSpan.Zero));
        Assert.Equal(PageLink.Fine, judge.Judge(bare, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_page_that_loaded_itself_anew_and_shows_its_camera_at_the_door_is_missed_after_five_seconds_and_no_other_that_hides_its_buttons()
    {
        var judge = new PageLinkJudge(throughServer: false, keepsSocket: true);
        var inside = Look(true, false, sockets: 1) with { Began = 1, CameraAt = 2, MicrophoneAt = 2 };
        var hidden = inside with { Joined = false };
        Assert.Equal(PageLink.Fine, judge.Judge(inside, TimeSpan.Zero));
        Assert.Equal(PageLink.Fine, judge.Judge(hidden, TimeSpan.FromSeconds(1)));
        Assert.Equal(PageLink.Fine, judge.Judge(hidden, TimeSpan.FromHours(1)));
        var door = hidden with { Began = 5000, CameraAt = 5001 };
        Assert.Equal(PageLink.Fine, judge.Judge(door, TimeSpan.FromHours(2)));
        Assert.Equal(PageLink.MeetingBroken, judge.Judge(door, TimeSpan.FromHours(2) + PageLinkJudge.PageMayReturn));
        Assert.Equal(PageLink.Fine, judge.Judge(door with { Joined = true }, TimeSpan.FromHours(3)));
        Assert.Equal(PageLink.Fine, judge.Judge(door, TimeSpan.FromHours(4))); // let in: now this is the meeting's
        Assert.Equal(PageLink.Fine, judge.Judge(door, TimeSpan.FromHours(5)));
    }

    [Theory]
    [InlineData(true, PageLink.Unsent)]
    [InlineData(false, PageLink.Fine)]
    public void Ours_that_no_longer_gets_out_is_told_where_the_meetings_server_is_to_get_it(bool throughServer, PageLink link) =>
        Assert.Equal(link, new PageLinkJudge(throughServer, keepsSocket: false).Judge(Look(true, true, sockets: null) with { Unsent = true }, TimeSpan.Zero));

    [Theory]
    [InlineData(1, true, PageLink.MeetingBroken)]
    [InlineData(0, true, PageLink.Fine)] // a server that waits for the second to come
    [InlineData(1, false, PageLink.Fine)]
    public void A_page_that_never_gets_its_connection_to_the_meetings_server_is_missed_after_ten_seconds(int made, bool throughServer, PageLink link)
    {
        var judge = new PageLinkJudge(throughServer, keepsSocket: false);
        var alone = Look(false, false, sockets: null) with { Made = made };
        Assert.Equal(PageLink.Fine, judge.Judge(alone, TimeSpan.FromSeconds(5)));
        Assert.Equal(PageLink.Fine, judge.Judge(alone, TimeSpan.FromSeconds(14.9)));
        Assert.Equal(link, judge.Judge(alone, TimeSpan.FromSeconds(15)));
        Assert.Equal(PageLink.Fine, judge.Judge(alone with { Connected = true }, TimeSpan.FromSeconds(16)));
    }

    private static Look Look(bool connected, bool broken, int? sockets) =>
        new(true, true, "meeting.example", 200, true, true, true, null, null, null, 0, Connected: connected, Broken: broken, Sockets: sockets);
}
