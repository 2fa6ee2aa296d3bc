using System.Diagnostics;
using ClassContact.Classroom;
using ClassContact.Classroom.Network;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests;

/// <summary>
/// A broker that is stopped (its system still takes what is sent) and one behind a line that loses everything (nothing is taken) are noticed within
/// twice the keep-alive, with nothing to say and under load.
/// </summary>
public sealed class SilenceTests
{
    private const int KeepAlive = 5;

    // Beside the limit itself: the looks at it, on a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds((2 * KeepAlive) + 3);

    [Theory]
    [InlineData(0)]
    [InlineData(2000)]
    public async Task A_stopped_broker_is_noticed(int inFlight)
    {
        using var authority = new TestAuthority();
        await using var broker = await Broker.Start(authority.Broker("localhost"));
        await using var connection = await Settings("localhost", broker.Port, authority).Open("kit");
        await Noticed(connection, inFlight, () => { broker.Stop(); return Task.CompletedTask; });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2000)]
    public async Task A_line_that_loses_everything_is_noticed(int inFlight)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("CLASSCONTACT_NETWORK") is null, "not run: outside packaging/linux/sandbox --network");
        using var folder = new TestFolder();
        using var authority = new TestAuthority();
        await using var cable = await Cable.Lay(folder.Path);
        await using var broker = await Far(cable, folder, authority);
        var settings = Settings(cable.Kit, 8883, authority);
        await using var connection = await WaitFor.That<IMqttConnection?>("the broker behind the cable", () => Try(settings), there => there is not null);
        await Noticed(connection!, inFlight, cable.LoseAll);
    }

    private static BrokerSettings Settings(string host, int port, TestAuthority authority) => new(host, port, new(authority.CaFile), KeepAlive, AnswerSeconds: 60);

    private static async Task Noticed(IMqttConnection connection, int inFlight, Func<Task> silence)
    {
        await connection.Publish(Text("a/b", "x"));
        await silence();
        var watch = Stopwatch.StartNew();
        var sent = Enumerable.Range(0, inFlight).Select(n => connection.Publish(new("a/event", new byte[500]))).ToArray();
        Assert.Contains(inFlight > 0 ? "no acknowledgement for 5 s" : "the broker did not answer a ping", await connection.Lost.WaitAsync(TimeSpan.FromSeconds(60)), StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine($"noticed after {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.True(watch.Elapsed < Limit, $"{watch.Elapsed}");
        foreach (var publish in sent)
            await Fails(publish);
    }

    private static async Task<IMqttConnection?> Try(BrokerSettings settings)
    {
        try
        {
            return await settings.Open("kit");
        }
        catch (MqttException)
        {
            return null;
        }
    }

    // The broker at the far end of the cable, and the test at the near one: that way round it is the test that is left without an answer.
    private static async Task<ChildProcess> Far(Cable cable, TestFolder folder, TestAuthority authority)
    {
        var tls = authority.Broker(cable.Kit);
        await File.WriteAllLinesAsync(folder.File("mosquitto.conf"),
            [$"user {Environment.UserName}", "allow_anonymous true", $"listener 8883 {cable.Kit}", $"cafile {tls.CaFile}", $"certfile {tls.CertificateFile}", $"keyfile {tls.KeyFile}"]);
        return ChildProcess.Start("mosquitto", folder.Path, "/usr/sbin/mosquitto", ["-c", folder.File("mosquitto.conf")], cable: cable);
    }
}
