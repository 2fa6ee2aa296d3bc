using System.Globalization;
using System.Text.Json;
using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>The broker is down or stuck for a whole call: the call never notices, and the helpdesk learns of it afterwards.</summary>
[Trait("Length", "long")]
public sealed class NetworkBrokerTests : TroubledClass
{
    [Fact]
    public Task A_whole_call_with_a_broker_that_is_gone() => AWholeCall(isStuck: false);

    [Fact]
    public Task A_whole_call_with_a_broker_that_is_stuck() => AWholeCall(isStuck: true);

    private async Task AWholeCall(bool isStuck)
    {
        if (isStuck)
            Kit.Broker.Stop();
        else
            await Kit.Broker.Kill();
        await OpenTheClass();
        var joined = JsonDocument.Parse(await Call()).RootElement.GetProperty("receipt").GetProperty("joined").GetDouble();
        Print(string.Create(CultureInfo.InvariantCulture, $"press to open with a broker that is {(isStuck ? "stuck" : "gone")}"), TimeSpan.FromMilliseconds(joined));
        Assert.InRange(joined, 1, 20_000);
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        await Lasts(TimeSpan.FromSeconds(12)); // longer than a broker may take for an answer
        Assert.Equal(1, Attempts(await Call()));
        await Press("end");
        await Kit.Reaches("standby");
        if (isStuck)
            Kit.Broker.Continue();
        else
            await Kit.Broker.Start();
        await WaitFor.That("all that happened meanwhile", () => string.Join(' ', Events.Where(e => e.StartsWith("call-", StringComparison.Ordinal) || e.StartsWith("pupil-", StringComparison.Ordinal))),
            names => names.StartsWith("call-started call-open pupil-arrived", StringComparison.Ordinal) && names.EndsWith("call-ended", StringComparison.Ordinal), TimeSpan.FromSeconds(90));
    }
}
