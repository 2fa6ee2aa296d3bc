using ClassContact.Classroom;
using ClassContact.Classroom.Ledger;
using Xunit;

namespace ClassContact.Agent.Tests.Outbox;

/// <summary>Numbered events while everything on their way is broken; <c>tests/bench/run ledger</c> does it with 100,000.</summary>
[Trait("Kit", "none")]
public sealed class LedgerTests
{
    [Fact]
    public async Task Of_five_thousand_events_none_is_missing_and_none_out_of_order_while_agent_broker_and_network_are_broken()
    {
        const int Seed = 1;
        var verdict = await LedgerTrial.Run(Artifacts.Folder("ledger"), 5000, Seed, between: 250);
        TestContext.Current.SendDiagnosticMessage(verdict.ToString());
        Assert.True(verdict.Problems.Count == 0, $"seed {Seed}: {verdict}");
        Assert.True(verdict is { Historical: > 0, Faults.Count: > 10 } && verdict.Historical < verdict.Received + verdict.Copies, verdict.ToString());
    }

    [Fact]
    public Task A_kill_at_any_step_of_the_way_to_the_disk_loses_nothing_that_was_kept() => LosesNothing(WriteFault.Kill);

    [Theory]
    [Trait("Length", "long")]
    [InlineData(WriteFault.Error)]
    [InlineData(WriteFault.Hang)]
    public Task An_error_or_a_hanging_disk_at_any_step_loses_nothing_either(WriteFault fault) => LosesNothing(fault);

    private static async Task LosesNothing(WriteFault fault)
    {
        var folder = Artifacts.Folder($"write-path-{fault}");
        var steps = new Dictionary<string, int>();
        foreach (var call in WritePath.Calls)
        {
            steps[call] = 0;
            while (await Strikes(Path.Combine(folder, $"{call}-{steps[call] + 1}"), call, steps[call] + 1, fault))
                steps[call]++;
        }
        TestContext.Current.SendDiagnosticMessage($"{fault} at {string.Join(", ", steps)}");
        Assert.InRange(steps["pwrite64"], 10, 200);
        Assert.InRange(steps["fdatasync"], 3, 50);
    }

    private static async Task<bool> Strikes(string folder, string call, int at, WriteFault fault)
    {
        var strikes = await WritePath.Run(folder, call, at, fault);
        var problems = WritePath.Problems(folder);
        Assert.True(problems is [], $"{fault} at {call} {at}: {string.Join('\n', problems)}");
        return strikes;
    }
}
