using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClassContact.Bench.Footprint;
using ClassContact.Classroom;
using ClassContact.Messages;
using ClassContact.Mqtt;

namespace ClassContact.Bench.Link;

/// <summary>
/// What one whole kit costs on the wire to its broker, as the kernel counts it for that connection (<c>ss</c>: bytes and segments both ways, and 52
/// bytes of IP, TCP and time stamps for each segment): standing by, in a class with the pupil, and for a diagnosis. A day is reckoned from these. Then
/// what the agent costs the processor with the broker there and away, side by side.
/// </summary>
internal sealed class WireCost : IAsyncDisposable
{
    private const string Kit = "try-kit-01"; // as AgentProcess names it
    private const double IdleGoal = 0.5e6;
    private const double SchoolDayGoal = 5e6;
    private const double AwayGoal = 0.5;
    private const int LessonSeconds = 50 * 60;
    private const int Lessons = 6;
    private const int DaySeconds = 24 * 60 * 60;

    // RFC 791, RFC 9293, RFC 7323: 20 bytes of IPv4, 20 of TCP, 12 of time stamps.
    private const int Headers = 52;

    private readonly TestAuthority authority;
    private readonly Broker broker;
    private readonly WholeKit kit;
    private readonly IMqttConnection desk;

    private WireCost(TestAuthority authority, Broker broker, WholeKit kit, IMqttConnection desk) =>
        (this.authority, this.broker, this.kit, this.desk) = (authority, broker, kit, desk);

    public static async Task<(JsonObject Costs, bool IsGood)> Measure(string folder, int seconds)
    {
        await using var cost = await Start(folder);
        return await cost.Run(seconds);
    }

    public async ValueTask DisposeAsync()
    {
        await desk.DisposeAsync();
        await kit.DisposeAsync();
        await broker.DisposeAsync();
        authority.Dispose();
    }

    private static async Task<WireCost> Start(string folder)
    {
        var authority = new TestAuthority();
        var broker = await Broker.Start(authority.Broker("127.0.0.1", asksForCertificate: true));
        var tls = authority.Client(Kit);
        var kit = await WholeKit.Start(folder, change: settings =>
        {
            settings.Remove("metricsSeconds"); // as a kit has it
            settings["broker"] = new JsonObject
            {
                ["host"] = "127.0.0.1", ["port"] = broker.Port,
                ["tls"] = new JsonObject { ["caFile"] = tls.CaFile, ["certificateFile"] = tls.CertificateFile, ["keyFile"] = tls.KeyFile },
            };
        });
        var desk = await MqttLibrary.Open(new("127.0.0.1", broker.Port, authority.Client("desk")), "desk", null, TimeProvider.System, CancellationToken.None);
        return new(authority, broker, kit, desk);
    }

    private async Task<(JsonObject, bool)> Run(int seconds)
    {
        await kit.Reaches("standby");
        await Task.Delay(TimeSpan.FromMinutes(1)); // the births, and the first round of all checks
        var begin = await Look();
        var idle = await Over("standing by", seconds);

        var before = await Look();
        await desk.Publish(new(new Topic(KitId.Parse(Kit), Channel.Request, RequestName.RunDiagnosis).ToString(), Wire.WriteRequest(new(Stamp.Version, "cost", DateTimeOffset.UtcNow.AddMinutes(5))), false), CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(30)); // it and what it makes the checks say
        var diagnosis = (await Look()).Bytes - before.Bytes - (30 * idle);

        await kit.Agent.Ask("start");
        await kit.PupilJoins();
        await kit.Reaches("with-pupil");
        await Task.Delay(TimeSpan.FromSeconds(15));
        var lesson = await Over("in a class", seconds);
        before = await Look();
        await kit.Agent.Ask("end");
        await kit.Reaches("standby");
        await Task.Delay(TimeSpan.FromSeconds(30));
        var around = (await Look()).Bytes - before.Bytes - (30 * idle);

        var day = idle * DaySeconds;
        var schoolDay = (idle * (DaySeconds - (Lessons * LessonSeconds))) + (lesson * Lessons * LessonSeconds) + (Lessons * 2 * around);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
              for one diagnosis {diagnosis / 1e3:0.0} kB; for the end of a class with its record {around / 1e3:0.0} kB
              a day standing by {day / 1e6:0.00} MB (goal {IdleGoal / 1e6:0.0}); a school day with {Lessons} lessons {schoolDay / 1e6:0.00} MB (goal {SchoolDayGoal / 1e6:0.0})
              the same connection from its begin: {begin.Bytes / 1e3:0.0} kB for TLS, the births and the first minute
            """));
        var (there, away) = await Cpu(seconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  the agent, % of a core: broker there {there:0.00}, away {away:0.00} (goal {AwayGoal})"));
        return (new()
        {
            ["seconds"] = seconds, ["idleBytesPerSecond"] = idle, ["classBytesPerSecond"] = lesson, ["diagnosisBytes"] = diagnosis, ["endBytes"] = around,
            ["idleDayBytes"] = day, ["schoolDayBytes"] = schoolDay, ["cpuBrokerThere"] = there, ["cpuBrokerAway"] = away,
        }, day <= IdleGoal && schoolDay <= SchoolDayGoal && away <= AwayGoal);
    }

    private async Task<double> Over(string what, int seconds)
    {
        var (before, clock) = (await Look(), System.Diagnostics.Stopwatch.StartNew());
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var after = await Look();
        var rate = (after.Bytes - before.Bytes) / clock.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what,-14} {rate,6:0.0} bytes/s in {(after.Segments - before.Segments) / clock.Elapsed.TotalMinutes:0.0} segments/min; of it MQTT and TLS {(after.Payload - before.Payload) / clock.Elapsed.TotalSeconds:0.0}"));
        return rate;
    }

    private async Task<(double There, double Away)> Cpu(int seconds)
    {
        var there = await Spent(seconds);
        await broker.Kill();
        await Task.Delay(TimeSpan.FromSeconds(30)); // the quick first tries
        return (there, await Spent(seconds));
    }

    private async Task<double> Spent(int seconds)
    {
        var (before, clock) = (Reading.Of(kit.Agent.Process.Id).CpuSeconds, System.Diagnostics.Stopwatch.StartNew());
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        return 100 * (Reading.Of(kit.Agent.Process.Id).CpuSeconds - before) / clock.Elapsed.TotalSeconds;
    }

    // The one connection of the agent's to the broker; it must stay the same.
    private async Task<(long Payload, long Segments, long Bytes)> Look()
    {
        await using var ss = ChildProcess.Start($"ss-{Guid.NewGuid():N}", kit.Folder, "ss", ["-tinHOp", "dst", $"127.0.0.1:{broker.Port}"]);
        await ss.Ended();
        var line = ss.Output().Split('\n').Single(line => line.Contains($"pid={kit.Agent.Process.Id},", StringComparison.Ordinal));
        File.Delete(ss.Log);
        long Of(string name) => Regex.Match(line, $@"\b{name}:(\d+)") is { Success: true } found ? long.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        var (payload, segments) = (Of("bytes_sent") + Of("bytes_received"), Of("segs_out") + Of("segs_in"));
        return (payload, segments, payload + (segments * Headers));
    }
}
