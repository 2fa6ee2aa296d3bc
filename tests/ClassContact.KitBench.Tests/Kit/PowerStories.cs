namespace ClassContact.KitBench.Tests.Kit;

/// <summary>The plug, the cable and the switch.</summary>
public sealed class PowerStories(InstalledKit installed) : KitStories(installed)
{
    [Fact, Trait("Story", "install")]
    public async Task A_plain_Debian_became_a_kit_with_two_commands()
    {
        await Room.ShowsStandby("installed", Mood.Ready);
        Assert.Equal("install ok installed", await Machine.Good("dpkg-query -W -f '${Status}' classcontact-kit"));
        await IsWell();
    }

    [Fact]
    public async Task A_kit_that_is_switched_on_is_ready_by_itself()
    {
        var before = Helpdesk.Heard.Count;
        await Machine.Reboot();
        await Room.PlugIn();
        await Helpdesk.Sees("presence", ["\"online\""], Patience, before);
        await Room.ShowsStandby("after a restart", Mood.Ready);
        await IsWell();
    }

    // A press that hangs fails here before a build server's time for the core is over (tests/run).
    [Fact(Timeout = 300_000), Trait("Story", "core")]
    public async Task A_press_opens_the_class_and_the_end_key_ends_it_and_closes_its_camera()
    {
        await Room.OpensTheClass();
        await Room.HasInTheMeeting("Classe");
        await Room.EndsTheClass();
    }

    [Fact]
    public async Task A_power_cut_closes_the_camera_and_a_press_resumes_the_class()
    {
        await Room.OpensTheClass();
        await Machine.Until("[ -s /var/lib/classcontact/class-open ]", Patience); // a cut in the second in which the class opens leaves no mark of it
        await Machine.CutPower();
        var before = Helpdesk.Heard.Count;
        await Machine.PowerOn();
        await Room.PlugIn();
        await Helpdesk.Sees("presence", ["\"online\""], Patience, before);
        await Helpdesk.Sees("call", ["\"state\":\"standby\""], Patience, before);
        // No check asks for attention; what does is that the class was cut, and which key resumes it.
        foreach (var check in new[] { "camera-present", "speakerphone-present", "keyboard-present" })
            await Helpdesk.Sees("health", [$"\"code\":\"{check}\",\"severity\":\"stops-calls\",\"verdict\":\"pass\""], Patience, before);
        await Room.ComesToRest();
        await Room.ShowsStandby("after the power cut", Mood.Attention);
        await Room.ClosesTheCamera();

        await Room.OpensTheClass();
        await Room.EndsTheClass();
    }

    [Fact]
    public async Task A_cable_that_is_pulled_for_a_minute_is_missed_only_as_long_as_it_is_out_in_a_class_too()
    {
        await Room.ShowsStandby("ready", Mood.Ready);
        var before = Helpdesk.Heard.Count;
        await Machine.SetCable(plugged: false);
        // The meeting's address is this computer's own here (InstalledKit), for which a kit needs no cable: it says so, and what it shows is that nobody answers.
        await Machine.Until("journalctl -b -u classcontact-agent | grep -q 'Check network-link: Skipped not-needed'", Patience);
        await Room.ShowsStandby("without a cable", Mood.Trouble);
        await Task.Delay(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken); // the story's own minute
        await Machine.SetCable(plugged: true);
        await Helpdesk.Sees("presence", ["\"online\""], Patience, before);
        await Room.ShowsStandby("with the cable", Mood.Ready);

        await Room.OpensTheClass();
        before = Helpdesk.Heard.Count;
        await Machine.SetCable(plugged: false);
        await Task.Delay(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken); // the story's own minute
        await Machine.SetCable(plugged: true);
        var back = await Helpdesk.Sees("presence", ["\"online\""], Patience, before);
        await Helpdesk.Sees("call", ["\"state\":\"open\"", "\"missing\":[]"], Patience, back);
        await Room.HasInTheMeeting("Classe");
        await Room.ShowsTheClass("a class with the cable");
        await Room.EndsTheClass(); // which the meeting is told over the same cable
    }

    // Unlike a pulled cable, it is nothing that the kernel sees: the link to the helpdesk falls silent first, and then the meeting's host is looked at.
    [Fact]
    public async Task A_slow_network_that_loses_packets_opens_the_class_and_one_that_swallows_all_is_told_until_it_is_better()
    {
        await Room.ShowsStandby("ready", Mood.Ready);
        await Machine.Good("tc qdisc replace dev eth0 root netem delay 100ms 20ms loss 3%"); // a weak Wi-Fi's
        await Room.OpensTheClass();
        await Room.EndsTheClass();
        await Machine.Good("tc -statistics qdisc show dev eth0 | grep -zqE 'loss 3%.*Sent [1-9]'"); // it was in force, and passed

        await Machine.Good("tc qdisc replace dev eth0 root netem loss 100%");
        await Room.ShowsStandby("all is swallowed", Mood.Trouble);
        var before = Helpdesk.Heard.Count;
        await Machine.Good("tc qdisc delete dev eth0 root");
        await Helpdesk.Sees("presence", ["\"online\""], Patience, before);
        await Room.ShowsStandby("nothing is swallowed", Mood.Ready);
    }

    private async Task IsWell()
    {
        Assert.Equal("active\nactive\n", await Machine.Good("systemctl is-active classcontact-kiosk classcontact-agent"));
        Assert.Equal("", await Machine.Good("systemctl list-units --failed --plain --no-legend"));
    }
}
