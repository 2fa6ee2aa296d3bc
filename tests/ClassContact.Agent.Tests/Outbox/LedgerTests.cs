using ClassContact.Classroom;
using ClassContact.Classroom.Ledger;
using Xunit;

namespace ClassContact.Agent.Tests.Outbox;

/// <summary>Numbered events while everything on their way is broken; <c>tests/bench/run ledger</c> does it with 100,000.</summary>
public sealed class LedgerTests
{
    [Fact]
    public async Task Of_five_thousand_events_none_is_missing_and_none_out_of_order_while_agent_broker_and_network_are_broken()
    {
        const int Seed = 1;
        var verdict = await LedgerTrial.Run(Artifacts.Folder("ledger"), 5000, Seed);
        TestContext.Current.SendDiagnosticMessage(verdict.ToString());
        Assert.True(verdict.Problems.Count == 0, $"seed {Seed}: {verdict}");
        Assert.True(verdict is { Historical: > 0, Faults.Count: > 10 }, verdict.ToString());
    }

    [Fact]
    public async Task A_kill_at_any_step_of_the_way_to_the_disk_loses_nothing_that_was_kept()
    {
        var folder = Artifacts.Folder("write-path");
        var kills = new Dictionary<string, int>();
        foreach (var call in WritePath.Calls)
        {
            kills[call] = 0;
            while (!await Lives(Path.Combine(folder, $"{call}-{kills[call] + 1}"), call, kills[call] + 1))
                kills[call]++;
        }
        TestContext.Current.SendDiagnosticMessage($"killed at {string.Join(", ", kills)}");
        Assert.InRange(kills["pwrite64"], 10, 200);
        Assert.InRange(kills["fdatasync"], 3, 50);
    }

    private static async Task<bool> Lives(string folder, string call, int killAt)
    {
        var lives = await WritePath.Run(folder, call, killAt);
        Assert.True(WritePath.Problems(folder) is [], $"killed at {call} {killAt}: {string.Join('\n', WritePath.Problems(folder))}");
        return lives;
    }
}
