using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using ClassContact.Helpdesk.Est;
using ClassContact.Helpdesk.Register;
using ClassContact.Helpdesk.Words;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;
using Microsoft.Extensions.Logging;

namespace ClassContact.Helpdesk.Bundles;

/// <summary>
/// The bundles that kits have sent: files in one folder, there whole or not at all, each kit's newest and none for long. A name is made here, of the kit's name
/// in its certificate and the service's clock; nothing that a kit sends is part of a path.
/// </summary>
/// <param name="folder">Where they lie; whose group may read it may read them.</param>
/// <param name="time">Dates them, and tells how old they are.</param>
/// <param name="log">Names kits and files.</param>
internal sealed class BundleShelf(string folder, TimeProvider time, ILogger log)
{
    /// <summary>So many of a kit are kept; a further one takes the oldest one's place.</summary>
    internal const int MostOfAKit = 5;

    /// <summary>No bundle is kept for longer: it tells of a school.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Whatever takes longer to arrive has stopped.</summary>
    private static readonly TimeSpan Unfinished = TimeSpan.FromHours(1);

    /// <summary>So many arrive side by side; the rest of the service, renewals above all, is not to wait for them.</summary>
    private const int MostArriving = 16;

    private const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Part = ".part";

    private readonly ConcurrentDictionary<KitId, long> arriving = []; // with the bytes that each may come to

    /// <summary>All bundles together take no more: those of five hundred kits that send five of one megabyte each, and half as much again.</summary>
    internal long MostBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Takes one in.</summary>
    /// <param name="kit">By its certificate.</param>
    /// <param name="length">As the kit announces it; null for none.</param>
    /// <param name="body">The bundle.</param>
    /// <param name="ct">The kit is gone.</param>
    /// <exception cref="IOException">The disk is full or broken; nothing is kept.</exception>
    internal async Task<Answer<KeptBundle>> Keep(KitId kit, long? length, Stream body, CancellationToken ct)
    {
        if (length > KeptBundle.Longest)
            return new(null, Refusals.TooLarge);
        if (!arriving.TryAdd(kit, length ?? KeptBundle.Longest))
            return new(null, Refusals.Unable, HelpdeskWords.Say("bundle.arriving"));
        try
        {
            if (arriving.Count > MostArriving)
                return new(null, Refusals.Unable, HelpdeskWords.Say("bundle.many"));
            if (Kept(kit) + arriving.Values.Sum() > MostBytes)
            {
                log.LogError("{Kit}: its bundle was refused, for {Folder} holds {Bytes} bytes already", kit, folder, MostBytes);
                return new(null, Refusals.NoRoom);
            }
            return await Write(kit, body, ct);
        }
        finally
        {
            arriving.TryRemove(kit, out _);
        }
    }

    /// <summary>Deletes what is too old, and what never became whole.</summary>
    internal void ForgetOld()
    {
        var now = time.GetUtcNow();
        foreach (var file in Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles() : [])
        {
            var longest = file.Extension == Part ? Unfinished : KeptBundle.KitOf(file.Name) is null ? TimeSpan.MaxValue : Longest;
            if (now - file.LastWriteTimeUtc > longest)
                file.Delete();
        }
    }

    /// <summary>The bundles, the newest first.</summary>
    /// <param name="folder">Where they lie; one that is not there has none.</param>
    /// <param name="kit">Of this kit alone; null for all.</param>
    internal static IReadOnlyList<FileInfo> In(string folder, KitId? kit = null) => Directory.Exists(folder)
        ? [.. new DirectoryInfo(folder).GetFiles().Where(file => KeptBundle.KitOf(file.Name) is { } of && (kit is null || of == kit)).OrderByDescending(file => file.LastWriteTimeUtc).ThenByDescending(file => file.Name, StringComparer.Ordinal)]
        : [];

    // What will be left once the kit's next one is there.
    private long Kept(KitId kit) => In(folder).GroupBy(file => KeptBundle.KitOf(file.Name) == kit).SelectMany(of => of.Key ? of.Take(MostOfAKit - 1) : of).Sum(file => file.Exists ? file.Length : 0);

    private async Task<Answer<KeptBundle>> Write(KitId kit, Stream body, CancellationToken ct)
    {
        PrivateFile.Folder(folder); // one that the installer made for a group stays that group's
        var at = time.GetUtcNow();
        var name = string.Create(CultureInfo.InvariantCulture, $"{kit}-{at.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.tar.gz");
        var begun = Path.Combine(folder, name + Part);
        try
        {
            var bytes = await Fill(begun, body, ct);
            if (bytes is null or 0)
                return new(null, bytes is 0 ? Refusals.BadRequest : Refusals.TooLarge, bytes is 0 ? HelpdeskWords.Say("bundle.empty") : null);
            File.SetLastWriteTimeUtc(begun, at.UtcDateTime);
            File.Move(begun, Path.Combine(folder, name));
            PrivateFile.Remember(begun);
            foreach (var older in In(folder, kit).Where(file => file.Name != name).Skip(MostOfAKit - 1))
                older.Delete();
            log.LogInformation("{Kit}: sent the bundle {Name}, {Bytes} bytes", kit, name, bytes);
            return new(new(name, bytes.Value));
        }
        finally
        {
            File.Delete(begun);
        }
    }

    // How much it was; null for too much, which a kit may have announced as less.
    private static async Task<long?> Fill(string path, Stream body, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerAlone;
        await using var file = new FileStream(path, options);
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (file.Length + read > KeptBundle.Longest)
                return null;
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
            await file.FlushAsync(ct);
        }
        file.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file.SafeFileHandle, OwnerAndGroup); // whatever the unit's umask says
        return file.Length;
    }
}
