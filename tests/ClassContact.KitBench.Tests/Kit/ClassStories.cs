using System.Text.RegularExpressions;

namespace ClassContact.KitBench.Tests.Kit;

/// <summary>What may fall down in a class.</summary>
public sealed partial class ClassStories(InstalledKit installed) : KitStories(installed)
{
    [Fact]
    public async Task A_class_outlives_its_agent_and_comes_back_without_a_press_when_its_browser_sound_or_screen_is_killed()
    {
        await Room.OpensTheClass();
        await OutlivesTheAgent("KILL");
        await OutlivesTheAgent("STOP"); // it hangs: systemd's watchdog ends it

        // The screen comes again as where a graphics card has no OpenGL, which this machine has not: the processor draws, unasked.
        await Machine.Good("sed -i /^WLR_RENDERER/d /etc/classcontact/kiosk.env");
        foreach (var part in new[] { "chromium", "pipewire", "sway" })
        {
            var before = Helpdesk.Heard.Count;
            await Machine.Good($"pkill -KILL -o -x {part}");
            var lost = await Helpdesk.Sees("call", ["\"state\":\"recovering\"", "\"cause\":\"browser-lost\""], Patience, before);
            await Helpdesk.Sees("call", ["\"state\":\"open\"", "\"missing\":[]"], Patience, lost);
            await Room.HasInTheMeeting("Classe");
            await Room.ShowsTheClass($"after {part}");
        }
        await Machine.Good("journalctl -b -u classcontact-kiosk | grep -q 'the processor draws'");
    }

    private async Task OutlivesTheAgent(string signal)
    {
        var page = await Machine.Good("pgrep -f -o 'chromium.*type=[r]enderer'");
        var before = Helpdesk.Heard.Count;
        var attempts = Attempts().Match(Helpdesk.Heard.Last(said => said.Contains("\"state\":\"open\"", StringComparison.Ordinal))).Value;
        await Machine.Good($"systemctl kill --signal {signal} classcontact-agent");
        var started = await Helpdesk.Sees("event", ["agent-started"], Patience, before);
        var session = Session().Match(Helpdesk.Heard[started - 1]).Value;
        await Helpdesk.Sees("call", [session, "\"state\":\"open\"", attempts], Patience, before); // by the next agent: the same class, not opened anew
        await Room.ShowsTheClass($"after the agent ({signal})");
        Assert.Equal(page, await Machine.Good("pgrep -f -o 'chromium.*type=[r]enderer'"));
    }

    [GeneratedRegex("\"session\":\"[^\"]+\"")]
    private static partial Regex Session();

    [GeneratedRegex("\"attempts\":[0-9]+")]
    private static partial Regex Attempts();
}
