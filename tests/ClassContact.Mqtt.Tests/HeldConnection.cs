using System.Diagnostics;
using System.Globalization;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests;

/// <summary>A connection in a process of its own, which can be killed. The process is this test program, told to run nothing but the test below.</summary>
public sealed class HeldConnection
{
    internal const string Topic = "held";
    private const string Port = "HELD_PORT";

    internal static Process Start(int port) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, ["-explicit", "only", "-method", $"*.{nameof(Holds_a_connection_until_it_is_killed)}"])
        {
            RedirectStandardOutput = true,
            Environment = { [Port] = port.ToString(CultureInfo.InvariantCulture) },
        })!;

    /// <summary>Explicit: never part of a run.</summary>
    [Fact(Explicit = true)]
    public async Task Holds_a_connection_until_it_is_killed()
    {
        var port = int.Parse(Environment.GetEnvironmentVariable(Port)!, CultureInfo.InvariantCulture);
        await using var kit = await new BrokerSettings("127.0.0.1", port).Open("kit", Text(Topic, "lost", retained: true));
        await kit.Publish(Text(Topic, "online", retained: true));
        await kit.Lost;
    }
}
