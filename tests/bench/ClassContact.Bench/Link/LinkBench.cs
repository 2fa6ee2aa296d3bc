using System.Globalization;
using System.Text.Json.Nodes;
using ClassContact.Bench.Footprint;
using ClassContact.Classroom;

namespace ClassContact.Bench.Link;

/// <summary>
/// A town of kits and one real Mosquitto: all start at once, then the broker dies and is back at once, after half a minute, and after five minutes.
/// The kits are simulated, with light connections in one process, on the broker's own machine.
/// </summary>
internal static class LinkBench
{
    private const string Usage = "usage: tests/bench/run link [--kits 1..5000]";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<int> Run(string folder, string[] words)
    {
        var kits = 1500;
        if (words is not [] && (words is not ["--kits", var value] || !int.TryParse(value, CultureInfo.InvariantCulture, out kits) || kits is < 1 or > 5000))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }
        var machine = Machine.Look();
        Console.WriteLine($"{machine}\n{kits} simulated kits (light connections in one process), one Mosquitto, TLS with a certificate each");
        using var authority = new TestAuthority();
        await using var broker = await Broker.Start(authority.Broker("localhost", asksForCertificate: true), "use_identity_as_username true", "max_connections -1");
        await using var town = new Town(kits, authority, broker.Port);
        var returns = new JsonObject();
        var isGood = Note(returns, "all start at once", await town.AllOnline(town.Begun, Patience), broker);
        foreach (var (name, away) in new[] { ("broker killed, back at once", 0), ("back after 30 s", 30), ("back after 5 min", 300) })
            isGood &= Note(returns, name, await Restart(broker, town, TimeSpan.FromSeconds(away)), broker);
        var file = Path.Combine(folder, "link.json");
        var all = new JsonObject { ["at"] = DateTime.UtcNow, ["machine"] = machine.ToString(), ["kits"] = kits, ["returns"] = returns };
        await File.WriteAllTextAsync(file, all.ToJsonString(new() { WriteIndented = true }));
        Console.WriteLine($"Kept: {file}\nlink: {(isGood ? "ok" : "failed")}");
        return isGood ? 0 : 1;
    }

    private static async Task<Return> Restart(Broker broker, Town town, TimeSpan away)
    {
        await broker.Kill();
        await Task.Delay(away);
        await WaitFor.That("every kit to see it", () => away == TimeSpan.Zero || town.Online == 0, TimeSpan.FromMinutes(1));
        var since = town.Now;
        await broker.Start();
        return await town.AllOnline(since, Patience);
    }

    private static bool Note(JsonObject returns, string what, Return seen, Broker broker)
    {
        var (cpu, peak) = (Reading.Of(broker.ProcessId).CpuSeconds, PeakOf(broker.ProcessId));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-28} {seen}; the broker: {cpu:0.0} s of a core, {peak / 1024.0:0} MB at most"));
        returns[what] = new JsonObject
        {
            ["back"] = seen.Back, ["halfSeconds"] = seen.Half, ["ninetyNinePercentSeconds"] = seen.Most, ["allSeconds"] = seen.All,
            ["busiestSecond"] = seen.Peak, ["failedAttempts"] = seen.Failures, ["brokerCpuSeconds"] = cpu, ["brokerPeakKilobytes"] = peak,
        };
        return seen.Back >= seen.Size;
    }

    // proc(5): the most that it ever had resident, kB. A broker that was started anew begins anew.
    private static long PeakOf(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split([' ', '\t', ':'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
