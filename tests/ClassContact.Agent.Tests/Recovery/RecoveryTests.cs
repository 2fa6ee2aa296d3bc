using System.Diagnostics;
using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>
/// A class in which something breaks. The times are told in the test's output; the limits are two or three times the figures, for two cores that others use too.
/// </summary>
public abstract class RecoveryTests : KitTests
{
    private protected static readonly string Recovering = State("recovering");
    private protected static readonly string WithPupil = State("with-pupil");

    private protected static string State(string name) => $"\"state\":\"{name}\"";

    private protected async Task OpenTheClassWithItsPupil()
    {
        await OpenTheClass();
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
    }

    /// <summary>Begins to count the seconds, and listens to what the helpdesk is told from now on.</summary>
    private protected Timing FromNow() => new(Kit);

    /// <summary>The pupil gets new pictures of the class.</summary>
    private protected async Task ThePupilSees()
    {
        var before = await Kit.Pupil!.Receives();
        await WaitFor.That("pictures at the pupil's", Kit.Pupil.Receives, r => r.Frames < before.Frames || r.Frames > before.Frames + 10); // fewer: over a new connection
    }

    private protected Task ThePupilHears() => WaitFor.That("the class to be heard", Kit.Pupil!.Loudness, level => level > 0.001);

    /// <summary>What the room reads over the meeting. The agent is killed for it, and started again.</summary>
    private protected async Task<string> Overlay()
    {
        await Kit.Agent.Kill();
        var text = await Kit.Kiosk.Overlay();
        Kit.Agent.StartAgain();
        return text;
    }

    /// <summary>How many times the meeting was opened for this press.</summary>
    private protected async Task<int> Attempts() => (await Kit.Agent.Status())!.Value.GetProperty("call").GetProperty("receipt").GetProperty("attempts").GetInt32();
}

/// <summary>Seconds since a fault, until the helpdesk hears of what follows.</summary>
internal sealed class Timing(WholeKit kit)
{
    private readonly long began = Stopwatch.GetTimestamp();
    private int heard = kit.Heard.Count;

    private double Seconds => Stopwatch.GetElapsedTime(began).TotalSeconds;

    /// <summary>Waits for the next message that holds <paramref name="part"/>, or <paramref name="or"/>.</summary>
    public async Task Hears(string part, double within, string? or = null)
    {
        bool Holds(string line) => line.Contains(part, StringComparison.Ordinal) || (or is not null && line.Contains(or, StringComparison.Ordinal));
        var at = await WaitFor.That($"the helpdesk to hear {part}", () => kit.Heard.ToList().FindIndex(heard, Holds), i => i >= 0, TimeSpan.FromSeconds(Math.Max(within * 1.5, 30)));
        heard = at + 1;
        Is(part, within);
    }

    /// <summary>Waits until the class is open. Where the pupil is back at once, that is what the helpdesk is told: only the newest state counts.</summary>
    public Task HearsItOpen(double within) => Hears("\"state\":\"open\"", within, or: "\"state\":\"with-pupil\"");

    /// <summary>What was waited for has come about.</summary>
    public void Is(string what, double within)
    {
        var seconds = Seconds;
        TestContext.Current.TestOutputHelper!.WriteLine($"{what} after {seconds:0.0} s");
        Assert.True(seconds <= within, $"{what} after {seconds:0.0} s, not within {within} s");
    }
}
