using System.Globalization;

namespace ClassContact.KitBench.Tests.Kit;

/// <summary>Nothing happens, for a while.</summary>
public sealed class SoakStories(InstalledKit installed) : KitStories(installed)
{
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(20);

    /// <summary>The figures are printed. Twenty minutes cannot tell a slow leak from what a heap gathers before it is collected: the limits find a fast one.</summary>
    [Fact, Trait("Story", "soak")]
    public async Task Twenty_minutes_of_standby_cost_next_to_nothing()
    {
        await Room.ShowsStandby("before", Mood.Ready);
        await Task.Delay(Settling, TestContext.Current.CancellationToken); // the story's own minutes, both
        var first = await Measure();
        await Task.Delay(Idle, TestContext.Current.CancellationToken);
        var last = await Measure();
        Console.WriteLine($"  at first {first}\n  at last  {last}");
        await Room.ShowsStandby("after", Mood.Ready);
        Assert.InRange(last.Agent - first.Agent, -100_000, 10_000);
        Assert.InRange(last.Kiosk - first.Kiosk, -1_000_000, 50_000);
        Assert.InRange(last.Kept - first.Kept, -1_000_000, 500);
        Assert.InRange(last.Lines - first.Lines, 0, 40);
        Assert.Equal("0\n0\n", await Machine.Good("systemctl show --property NRestarts --value classcontact-agent classcontact-kiosk | grep ."));
    }

    // Of the agent its resident set, of the kiosk's programs their proportional sets; both in kB, as is what is kept on the disk.
    private async Task<Cost> Measure()
    {
        var said = await Machine.Good("""
            agent=$(systemctl show --property MainPID --value classcontact-agent)
            awk '/^Rss/ { sum += $2 } END { print sum }' "/proc/$agent/smaps_rollup"
            for id in $(pgrep -u kiosk); do cat "/proc/$id/smaps_rollup" 2>/dev/null; done | awk '/^Pss:/ { sum += $2 } END { print sum }'
            du --summarize --total --apparent-size -k /var/lib/classcontact /var/log/classcontact | awk 'END { print $1 }'
            journalctl --quiet --no-pager -u 'classcontact-*' | wc -l
            """);
        var figures = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => long.Parse(line, CultureInfo.InvariantCulture)).ToArray();
        return new(figures[0], figures[1], figures[2], figures[3]);
    }

    private sealed record Cost(long Agent, long Kiosk, long Kept, long Lines)
    {
        public override string ToString() => $"agent {Agent} kB, kiosk {Kiosk} kB, on the disk {Kept} kB, {Lines} lines in the journal";
    }
}
