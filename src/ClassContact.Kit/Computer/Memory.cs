using System.Globalization;
using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Computer;

/// <summary>Whether a class fits into the computer's memory.</summary>
/// <param name="read">The text of <c>/proc/meminfo</c>; null when it cannot be read.</param>
internal sealed class Memory(Func<string?> read)
{
    // earlyoom begins to end programs at a tenth (its -m 10). Of the smallest kit, 4 GB, that is 400 MB; Chromium takes 150 MB more in a call (measured).
    private const double LeastShare = 0.10;

    /// <summary>It jumps, so three of five looks decide; a look reads one file, so a minute between them costs nothing.</summary>
    public Check Available => new("memory", Severity.Degrades, Thing.Kit, ["low", "cannot-look"], _ => Task.FromResult(Look()))
    {
        Every = TimeSpan.FromMinutes(1), Settles = true,
    };

    private Finding Look()
    {
        var text = read() ?? "";
        if (Bytes(text, "MemAvailable") is not { } available || Bytes(text, "MemTotal") is not { } total)
            return Finding.CannotTell("cannot-look");
        var least = Math.Round(LeastShare * total);
        var measure = new Measure("system.linux.memory.available", available, "By", least);
        return available < least ? Finding.Fail("low", null, measure) : Finding.Pass(measure);
    }

    // MemAvailable:    2345678 kB
    private static double? Bytes(string text, string name)
    {
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        var words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [_, var number, "kB"] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * 1024.0 : null;
    }
}
