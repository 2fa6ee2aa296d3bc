using System.Globalization;
using System.Runtime.InteropServices;

namespace ClassContact.Bench.Footprint;

/// <summary>Where the figures come from.</summary>
internal sealed record Machine(string System, string Kernel, string Processor, int Cores, long MemoryMegabytes, double LoadBefore, DateTimeOffset At)
{
    public static Machine Look() => new(
        Line("/etc/os-release", "PRETTY_NAME="), RuntimeInformation.OSDescription, Line("/proc/cpuinfo", "model name"), Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024 / 1024, Load(), DateTimeOffset.UtcNow);

    /// <summary>The load average of the last minute.</summary>
    public static double Load() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{System}, {Kernel}; {Processor}, {Cores} cores, {MemoryMegabytes} MB; load {LoadBefore} before; {At:u}");

    private static string Line(string file, string begin) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(begin, StringComparison.Ordinal))?.Split(['=', ':'], 2)[1].Trim(' ', '\t', '"') ?? "?";
}
