using System.Globalization;
using System.Text.Json.Nodes;
using ClassContact.Bench.Footprint;
using ClassContact.Classroom;

namespace ClassContact.Bench.Link;

/// <summary>
/// What one whole kit costs on the wire (<see cref="WireCost"/>); then a town of kits and one real Mosquitto: all start at once, then the broker dies and
/// is back at once, after half a minute, and after five minutes. The town's kits are simulated, with light connections in one process, on the broker's own machine.
/// </summary>
internal static class LinkBench
{
    private const string Usage = "usage: tests/bench/run link [--kits 0..5000] [--seconds 0..3600]";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // A connection that a broker has let live for a minute is waited for otherwise than one that it throws out; every kit's has, on a school day.
    private static readonly TimeSpan Lived = TimeSpan.FromSeconds(65);

    public static async Task<int> Run(string folder, string[] words)
    {
        var (kits, seconds, isUsage) = (1500, 600, words.Length % 2 == 0);
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            isUsage &= words[i] switch
            {
                "--kits" => int.TryParse(words[i + 1], CultureInfo.InvariantCulture, out kits) && kits is >= 0 and <= 5000,
                "--seconds" => int.TryParse(words[i + 1], CultureInfo.InvariantCulture, out seconds) && seconds is >= 0 and <= 3600,
                _ => false,
            };
        }
        if (!isUsage)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }
        var machine = Machine.Look();
        Console.WriteLine(machine);
        var (all, isGood) = (new JsonObject { ["at"] = DateTime.UtcNow, ["machine"] = machine.ToString() }, true);
        if (seconds > 0)
        {
            Console.WriteLine($"One whole kit and its broker, TLS with a certificate, {seconds} s each");
            (all["cost"], isGood) = await WireCost.Measure(folder, seconds);
        }
        if (kits > 0)
            isGood &= await Returns(all, kits);
        var file = Path.Combine(folder, "link.json");
        await File.WriteAllTextAsync(file, all.ToJsonString(new() { WriteIndented = true }));
        Console.WriteLine($"Kept: {file}\nlink: {(isGood ? "ok" : "failed")}");
        return isGood ? 0 : 1;
    }

    private static async Task<bool> Returns(JsonObject all, int kits)
    {
        Console.WriteLine($"{kits} simulated kits (light connections in one process), one Mosquitto, TLS with a certificate each");
        using var authority = new TestAuthority();
        await using var broker = await Broker.Start(authority.Broker("localhost", asksForCertificate: true), "use_identity_as_username true", "max_connections -1");
        await using var town = new Town(kits, authority, broker.Port);
        var returns = new JsonObject();
        var isGood = Note(returns, "all start at once", await town.AllOnline(town.Begun, Patience), broker);
        foreach (var (name, away) in new[] { ("broker killed, back at once", 0), ("back after 30 s", 30), ("back after 5 min", 300) })
            isGood &= Note(returns, name, await Restart(broker, town, TimeSpan.FromSeconds(away)), broker);
        (all["kits"], all["returns"]) = (kits, returns);
        return isGood;
    }

    private static async Task<Return> Restart(Broker broker, Town town, TimeSpan away)
    {
        await Task.Delay(Lived);
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
