using System.Diagnostics;
using System.Text.Json;
using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>A class to which something happens that is not the kit's own: its network, the pupil's side, the meeting's server.</summary>
public abstract class TroubledClass : KitTests
{
    /// <summary>What the helpdesk hears when the kit has restarted, ended or given up something.</summary>
    private static readonly string[] Restarts = ["call-recovering", "call-troubled", "call-failed", "call-ended"];

    /// <summary>Events of the call so far, as the helpdesk has heard them: <c>call-recovering network-lost</c>.</summary>
    private protected IReadOnlyList<string> Events => [.. Kit.Heard.Where(l => l.Contains("/event ", StringComparison.Ordinal)).Select(EventOf)];

    private protected async Task OpenWithPupil()
    {
        await OpenTheClass();
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        await Flows();
    }

    /// <summary>The class reaches the pupil.</summary>
    private protected async Task Flows()
    {
        var before = await Kit.Pupil!.Received();
        await WaitFor.That("the class at the pupil's", Kit.Pupil.Received, packets => packets > before + 50, TimeSpan.FromSeconds(60));
    }

    /// <summary>The call, once it satisfies a condition; the seconds that it took are printed.</summary>
    private protected async Task<string> Measured(string what, Func<string, bool> holds, double deadlineSeconds)
    {
        var watch = Stopwatch.StartNew();
        var call = await WaitFor.That(what, () => Unhurried(Call), holds, TimeSpan.FromSeconds(deadlineSeconds));
        Print(what, watch.Elapsed);
        return call;
    }

    /// <summary>The same of anything that can be waited for.</summary>
    private protected static async Task Measured(string what, Func<Task> reached, double deadlineSeconds)
    {
        var watch = Stopwatch.StartNew();
        await reached().WaitAsync(TimeSpan.FromSeconds(deadlineSeconds));
        Print(what, watch.Elapsed);
    }

    /// <summary>The launch of the call was the first and only one, and nobody was told of another.</summary>
    private protected async Task NothingWasRestarted()
    {
        Assert.Equal(1, Attempts(await Call()));
        Assert.DoesNotContain(Events, e => Restarts.Contains(e.Split(' ')[0]));
    }

    private protected static int Attempts(string call) => JsonDocument.Parse(call).RootElement.GetProperty("receipt").GetProperty("attempts").GetInt32();

    private protected static bool Is(string call, string state) => JsonDocument.Parse(call).RootElement.GetProperty("state").GetString() == state;

    private protected static string? Cause(string call) => JsonDocument.Parse(call).RootElement.TryGetProperty("cause", out var cause) ? cause.GetString() : null;

    private protected static void Print(string what, TimeSpan took) => TestContext.Current.TestOutputHelper!.WriteLine($"measured: {what}: {took.TotalSeconds:0.0} s");

    private static string EventOf(string line)
    {
        var e = JsonDocument.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]).RootElement;
        return e.GetProperty("name").GetString() + (e.TryGetProperty("cause", out var cause) && cause.ValueKind is JsonValueKind.String ? $" {cause.GetString()}" : "");
    }
}
