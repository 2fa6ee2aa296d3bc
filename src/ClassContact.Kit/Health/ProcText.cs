using System.Globalization;

namespace ClassContact.Kit.Health;

/// <summary>Figures out of what the kernel writes into <c>/proc</c> (proc(5)). What is not there, or nonsense, is null.</summary>
internal static class ProcText
{
    /// <summary>Idle and all ticks of all processors since boot, out of <c>/proc/stat</c>; waiting for a disk is idle.</summary>
    internal static (double Idle, double All)? Processors(string stat)
    {
        var line = stat.Split('\n').FirstOrDefault(line => line.StartsWith("cpu ", StringComparison.Ordinal));
        var ticks = (line ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Number).ToList();
        // user nice system idle iowait irq softirq steal; what follows, guest time, is in user already
        return ticks.Count < 5 || ticks.Any(t => t is null) ? null : (ticks[3]!.Value + ticks[4]!.Value, ticks.Take(8).Sum()!.Value);
    }

    /// <summary>Bytes of a line such as <c>MemTotal:  16265036 kB</c> or <c>VmRSS:</c>.</summary>
    internal static double? Bytes(string text, string name) =>
        text.Split('\n').Select(line => line.Split((char[])[' ', '\t', ':'], StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(words => words.Length == 3 && words[0] == name && words[2] == "kB") is { } found ? Number(found[1]) * 1024 : null;

    /// <summary>Bytes that came and went on all interfaces but the loopback, out of <c>/proc/net/dev</c>.</summary>
    internal static (double Received, double Sent)? Network(string dev)
    {
        var columns = dev.Split('\n').Select(line => line.Split(':')).Where(parts => parts.Length == 2 && parts[0].Trim() is not ("lo" or ""))
            .Select(parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(numbers => numbers.Length >= 9).ToList();
        return columns.Count == 0 ? null : (columns.Sum(c => Number(c[0]) ?? 0), columns.Sum(c => Number(c[8]) ?? 0));
    }

    /// <summary>Seconds since the computer started, out of <c>/proc/uptime</c>.</summary>
    internal static double? Uptime(string uptime) => Number(uptime.Split(' ')[0]);

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
