using ClassContact.Messages;

namespace ClassContact.Kit.Health;

/// <summary>
/// Figures of the computer and of this process, by OpenTelemetry's names. It reads <c>/proc</c> and the file system's free space and touches no
/// device, so it may be asked in a call. Where there is no <c>/proc</c> some figures are left out.
/// </summary>
/// <param name="disk">A folder on the disk that counts.</param>
/// <param name="proc">The kernel's <c>/proc</c>.</param>
public sealed class HostFigures(string disk, string proc = "/proc")
{
    private (double Idle, double All)? before;

    /// <summary>Reads them. Use of the processors is that since the last time, or since boot. Not to be called by two at once.</summary>
    public IEnumerable<Measure> Read()
    {
        var memory = Text("meminfo");
        (string, double?, string)[] all =
        [
            ("system.cpu.utilization", Utilization(), "1"),
            ("system.memory.limit", ProcText.Bytes(memory, "MemTotal"), "By"),
            ("system.memory.usage", ProcText.Bytes(memory, "MemTotal") - ProcText.Bytes(memory, "MemAvailable"), "By"),
            ("system.filesystem.utilization", Filesystem(), "1"),
            ("system.network.io.receive", ProcText.Network(Text("net/dev"))?.Received, "By"),
            ("system.network.io.transmit", ProcText.Network(Text("net/dev"))?.Sent, "By"),
            ("system.uptime", ProcText.Uptime(Text("uptime")), "s"),
            ("process.memory.usage", ProcText.Bytes(Text("self/status"), "VmRSS"), "By"),
            ("process.cpu.time", Environment.CpuUsage.TotalTime.TotalSeconds, "s"),
            .. Traffic.All.SelectMany(Io),
        ];
        return [.. all.Where(f => f.Item2 is not null).Select(f => new Measure(f.Item1, Math.Round(f.Item2!.Value, 4), f.Item3))];
    }

    // Cumulative, as OpenTelemetry's counters are: the helpdesk takes the difference. Nothing that was not used is told.
    private static IEnumerable<(string, double?, string)> Io((Purpose Purpose, long Sent, long Received) of)
    {
        if (of.Sent + of.Received == 0)
            yield break;
        var name = $"classcontact.network.io.{of.Purpose.ToString().ToLowerInvariant()}";
        yield return ($"{name}.transmit", of.Sent, "By");
        yield return ($"{name}.receive", of.Received, "By");
    }

    private double? Utilization()
    {
        if (ProcText.Processors(Text("stat")) is not { } now)
            return null;
        var (idle, all) = before is { } then ? (now.Idle - then.Idle, now.All - then.All) : now;
        before = now;
        return all > 0 ? Math.Clamp(1 - (idle / all), 0, 1) : null;
    }

    private double? Filesystem()
    {
        try
        {
            var drive = new DriveInfo(disk);
            return drive.TotalSize > 0 ? 1 - ((double)drive.AvailableFreeSpace / drive.TotalSize) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private string Text(string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(proc, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
