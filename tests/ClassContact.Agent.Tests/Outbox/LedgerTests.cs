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
        var steps = 0;
        for (var lives = false; !lives; steps++)
        {
            lives = await WritePath.Run(Path.Combine(folder, $"{steps + 1}"), killAt: steps + 1);
            Assert.Equal("", string.Join('\n', WritePath.Problems(Path.Combine(folder, $"{steps + 1}"))));
        }
        TestContext.Current.SendDiagnosticMessage($"killed at {steps - 1} steps");
        Assert.InRange(steps, 20, 500);
    }
}
