using System.Text.Json.Nodes;
using ClassContact.Classroom;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)] // one kit at a time: they share /etc/chromium and two cores

namespace ClassContact.Agent.Tests;

/// <summary>A whole kit for one test, with its logs and, when the test fails, a picture of its screen.</summary>
public abstract class KitTests : IAsyncLifetime
{
    /// <summary>What the meeting's link carries and nobody may see.</summary>
    protected string Secret { get; } = $"SECRET{Guid.NewGuid():N}";

    private protected WholeKit Kit { get; private set; } = null!;

    /// <summary>Opens the test's meeting; null: Janus.</summary>
    private protected virtual Func<Task<IMeeting>>? OpenMeeting => null;

    /// <summary>Kiosk and agent are behind a cable of their own.</summary>
    private protected virtual bool IsBehindCable => false;

    /// <summary>The last word on the agent's settings.</summary>
    private protected virtual void Change(JsonObject settings)
    {
    }

    public async ValueTask InitializeAsync()
    {
        var name = TestContext.Current.TestMethod!.MethodName;
        Kit = await WholeKit.Start(Artifacts.Folder(name), secret: Secret, open: OpenMeeting, network: IsBehindCable, change: Change);
        await Kit.Reaches("standby");
    }

    public virtual async ValueTask DisposeAsync()
    {
        try
        {
            if (TestContext.Current.TestState?.Result is TestResult.Failed)
                await Kit.Kiosk.Screenshot(Path.Combine(Kit.Folder, "failed.png"));
        }
        catch (IOException)
        {
            // A kiosk that is gone has no picture; its log tells.
        }
        finally
        {
            await Kit.DisposeAsync();
        }
        GC.SuppressFinalize(this);
    }

    private protected async Task Press(string action)
    {
        var (code, output) = await Kit.Agent.Command("press", action);
        Assert.True(code == 0, output);
    }

    private protected async Task OpenTheClass()
    {
        await Press("start");
        await Kit.Reaches("open");
    }

    /// <summary>Lets so much time pass by the agent's own clock: for what must not happen.</summary>
    private protected async Task Lasts(TimeSpan time)
    {
        var before = await Uptime();
        await WaitFor.That($"{time.TotalSeconds} s", () => Unhurried(Uptime), now => now - before > time.TotalSeconds);
    }

    /// <summary>A look at the agent, at most twice a second: each is a process of its own, and what is watched for long shares the machine with it.</summary>
    private protected static async Task<T> Unhurried<T>(Func<Task<T>> look)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        return await look();
    }

    /// <summary>Seconds since the agent started, by its own clock.</summary>
    private protected async Task<double> Uptime() => (await Kit.Agent.Status())!.Value.GetProperty("uptime").GetDouble();

    /// <summary>What <c>status --json</c> says of the call, as text: for comparisons and messages.</summary>
    private protected async Task<string> Call() => (await Kit.Agent.Status())!.Value.GetProperty("call").GetRawText();
}
