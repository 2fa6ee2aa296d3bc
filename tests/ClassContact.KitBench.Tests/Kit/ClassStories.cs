namespace ClassContact.KitBench.Tests.Kit;

/// <summary>A class from the press to its end, and what may fall down in it.</summary>
public sealed class ClassStories(InstalledKit installed) : KitStories(installed)
{
    [Fact, Trait("Story", "core")]
    public async Task A_press_opens_the_class_with_the_cameras_picture_and_the_end_key_closes_the_camera()
    {
        await Room.OpensTheClass();
        Assert.Equal(["Classe"], Room.Meeting.Present);

        await Machine.Press("F10", held: TimeSpan.FromSeconds(3));
        await Helpdesk.Sees("event", ["call-ended"], Patience);
        await Room.ShowsStandby("ended");
        await Room.ClosesTheCamera();
    }

    [Fact]
    public async Task A_class_outlives_its_agent_and_comes_back_without_a_press_when_its_browser_is_killed()
    {
        await Room.OpensTheClass();
        var page = await Machine.Good("pgrep -f -o 'chromium.*type=renderer'");
        var before = Helpdesk.Heard.Count;
        await Machine.Good("systemctl kill --signal KILL classcontact-agent");
        await Helpdesk.Sees("event", ["agent-started"], Patience, before);
        await Helpdesk.Sees("call", ["\"state\":\"open\"", "\"attempts\":1"], Patience, before);
        await Room.ShowsTheClass("after the agent");
        Assert.Equal(page, await Machine.Good("pgrep -f -o 'chromium.*type=renderer'"));

        before = Helpdesk.Heard.Count;
        await Machine.Good("pkill -KILL -o -x chromium");
        var lost = await Helpdesk.Sees("event", ["call-recovering", "browser-lost"], Patience, before);
        await Helpdesk.Sees("call", ["\"state\":\"open\""], Patience, lost);
        await Room.ShowsTheClass("after the browser");
    }
}
