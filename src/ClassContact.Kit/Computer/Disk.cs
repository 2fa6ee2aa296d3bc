using System.Runtime.Versioning;
using ClassContact.Kit.Health;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tools;
using ClassContact.Messages;

namespace ClassContact.Kit.Computer;

/// <summary>A file system's room.</summary>
/// <param name="Free">Bytes that an ordinary user may still write.</param>
/// <param name="Size">Bytes altogether.</param>
/// <param name="IsReadOnly">Whether nothing may be written at all.</param>
internal sealed record Room(long Free, long Size, bool IsReadOnly);

/// <summary>The room for the agent's logs and for its runtime folder, which is in memory on a kit. A call needs neither.</summary>
/// <param name="folders">Where they are.</param>
/// <param name="log">How much the logs may take.</param>
[SupportedOSPlatform("linux")]
internal sealed class Disk(FolderSettings folders, LogSettings log)
{
    private const double Megabyte = 1024 * 1024;

    // Our choice. Both must be so, as in Zabbix' template for Linux: a tenth of a large disk is plenty, a gigabyte of a small one is most of it.
    private const double LowShare = 0.10;
    private const double LowBytes = 1024 * Megabyte;

    // Our choice: sockets, a lock and a consent of some hundred bytes live there; one megabyte is room for all that ever will.
    private const double RunNeeds = Megabyte;

    /// <summary>What the folder's file system has. Tests give rooms that no test may make.</summary>
    internal Func<string, Room?> RoomOf { get; init; } = Ask;

    /// <summary>A full disk is cleaned in hours, not in seconds: every quarter of an hour, no grace.</summary>
    public Check Space => new("disk-space", Severity.Informs, Thing.Kit, ["low", "full", "read-only", "cannot-look"], _ => Task.FromResult(Look()))
    {
        Every = TimeSpan.FromMinutes(15),
    };

    private Finding Look()
    {
        if (RoomOf(folders.Logs) is not { } logs || RoomOf(folders.Run) is not { } run)
            return Finding.CannotTell("cannot-look");
        var logsNeed = log.FileMegabytes * log.Files * Megabyte;
        Measure[] measures =
        [
            new("classcontact.disk.logs.free", logs.Free, "By", logsNeed), new("classcontact.disk.run.free", run.Free, "By", RunNeeds),
        ];
        return logs.IsReadOnly || run.IsReadOnly ? Finding.Fail("read-only", null, [.. measures])
            : logs.Free < logsNeed || run.Free < RunNeeds ? Finding.Fail("full", null, [.. measures])
            : logs.Free < LowBytes && logs.Free < LowShare * logs.Size ? Finding.Warn("low", null, [.. measures])
            : Finding.Pass([.. measures]);
    }

    // A folder that is not there yet will be made where its nearest parent is.
    private static Room? Ask(string folder)
    {
        var there = folder;
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } parent)
            there = parent;
        try
        {
            var drive = new DriveInfo(there);
            var readOnly = MountTable.IsReadOnly(SystemFile.Read("/proc/self/mountinfo") ?? "", there);
            return new(drive.AvailableFreeSpace, drive.TotalSize, readOnly ?? false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
