using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests;

/// <summary>Pages that are late, crash or hang.</summary>
public sealed class PageTests : KitTests
{
    [Fact]
    [Trait("Length", "long")]
    public async Task A_page_that_comes_after_its_launch_has_failed_opens_no_camera()
    {
        await Kit.Meeting.Kill();
        using var late = new SlowPage(Kit.Meeting.Origin);
        await Press("start");
        await Kit.Reaches("faulted", TimeSpan.FromSeconds(60));
        Assert.Contains("\"cause\":\"page-not-loaded\"", await Call());
        Assert.True(late.Asked >= 2, $"{late.Asked} attempts");
        late.Answer();
        await StaysAtStandby(late);
    }

    [Fact]
    public async Task A_page_that_comes_after_the_end_was_pressed_opens_no_camera()
    {
        await Kit.Meeting.Kill();
        using var late = new SlowPage(Kit.Meeting.Origin);
        await Press("start");
        await WaitFor.That("the page to be asked for", () => late.Asked > 0);
        await Press("end");
        await Kit.Reaches("standby");
        late.Answer();
        await StaysAtStandby(late);
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_standby_page_that_crashed_is_there_again_and_a_class_opens()
    {
        Kit.Kiosk.SendRenderers(Signal.Kill);
        await OpenTheClass();
        await Press("end");
        await Kit.Reaches("standby");
        await Kit.Agent.Kill();
        Kit.Kiosk.SendRenderers(Signal.Kill); // while nobody watches
        Kit.Agent.StartAgain();
        await Kit.Reaches("standby");
        await OpenTheClass();
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_meetings_page_that_crashed_comes_back_without_a_press()
    {
        await OpenTheClass();
        Kit.Kiosk.SendRenderers(Signal.Kill);
        await WaitFor.That("the crash to be told", () => Kit.Heard.Any(l => l.Contains("\"call-recovering\""))); // the state may be over before one asks for it
        await Kit.Reaches("open");
        Assert.Contains("\"attempts\":2", await Call());
        Assert.Contains(Kit.Heard, l => l.Contains("\"page-crashed\""));
    }

    [Fact]
    public async Task A_page_that_hangs_is_never_shown_as_open_for_long_and_a_press_opens_the_class_again()
    {
        await OpenTheClass();
        Kit.Kiosk.SendRenderers(Signal.Stop);
        await Kit.Reaches("recovering");
        await WaitFor.That("a class or a sentence", Call, call => call.Contains("\"open\"") || call.Contains("\"faulted\""), TimeSpan.FromSeconds(90));
        await Press("start");
        await Kit.Reaches("open", TimeSpan.FromSeconds(60));
    }

    // A page that had got in would have opened the camera within a second.
    private async Task StaysAtStandby(SlowPage late)
    {
        await Lasts(TimeSpan.FromSeconds(5));
        Assert.Equal(0, late.Opened);
        await Kit.Agent.Kill();
        Assert.Equal("file:", await Kit.Kiosk.Ask("location.protocol"));
    }
}
