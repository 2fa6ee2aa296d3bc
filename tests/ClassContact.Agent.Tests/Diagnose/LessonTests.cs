using ClassContact.Agent.Diagnose;
using ClassContact.Kit.Health;
using ClassContact.Kit.Settings;
using ClassContact.Messages;
using Spectre.Console;
using Xunit;

namespace ClassContact.Agent.Tests.Diagnose;

/// <summary>No device is probed during a class.</summary>
public sealed class LessonTests : KitTests
{
    [Fact]
    [Trait("Length", "long")]
    public async Task During_a_class_the_diagnosis_is_refused_even_when_the_agent_has_died()
    {
        await OpenTheClass();
        await IsRefused();
        await Kit.Agent.Kill();
        await IsRefused();
        Kit.Agent.StartAgain();
        await Kit.Reaches("open");
        await Press("end");
        await Kit.Reaches("standby");
        var (code, output) = await Kit.Agent.Command("diagnose", "--only", "calendar-current");
        Assert.True(code == ExitCode.Ok, output);

        async Task IsRefused()
        {
            var (code, output) = await Kit.Agent.Command("diagnose");
            Assert.Equal(ExitCode.Refused, code);
            Assert.Contains("Une classe est ouverte", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_press_during_a_diagnosis_stops_it()
    {
        var looking = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        var listens = new Check("calendar-current", Severity.Informs, Thing.Kit, [], Listen) { Deadline = TimeSpan.FromMinutes(1) };
        using var error = new StringWriter();
        var run = new DiagnoseRun(new(Kit.Agent.Settings, [], null, false), Setup.Read(Kit.Agent.Settings).Value!, AnsiConsole.Console, error, TimeProvider.System)
            .Run((_, _, _) => [listens], CancellationToken.None);
        await looking.Task;
        await OpenTheClass();
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(ExitCode.Refused, await run);
        Assert.Contains("Une classe vient de s’ouvrir", error.ToString(), StringComparison.Ordinal);

        async Task<Finding> Listen(CancellationToken ct)
        {
            using var end = ct.Register(stopped.SetResult);
            looking.SetResult();
            await stopped.Task;
            return Finding.Pass();
        }
    }
}
