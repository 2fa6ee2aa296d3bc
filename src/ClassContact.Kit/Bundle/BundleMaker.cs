using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClassContact.Kit.Diagnosis;
using ClassContact.Kit.Lesson;
using ClassContact.Kit.Link;
using ClassContact.Kit.Outbox;
using ClassContact.Kit.Settings;
using ClassContact.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClassContact.Kit.Bundle;

/// <summary>
/// Makes a bundle: what somebody elsewhere needs to understand this kit, in one archive. By allow-list: what is not named here is not in it. It reads files
/// and asks programs of the system, and needs no agent.
/// </summary>
/// <param name="settings">The settings file, good or bad.</param>
/// <param name="facts">What the program knows.</param>
/// <param name="time">The clock.</param>
[SupportedOSPlatform("linux")]
public sealed class BundleMaker(string settings, BundleFacts facts, TimeProvider time)
{
    /// <summary>In a file at the kit, unpacked: some days of logs.</summary>
    public const int Usual = 8 * 1024 * 1024;

    /// <summary>To be sent: made inside the agent, within its memory (some twelve times that, for a moment), for a school's line. Packed, logs are a tenth.</summary>
    public const int ToSend = 2 * 1024 * 1024;

    /// <summary>Of some 2 kB each; a week or two.</summary>
    private const int MostLessons = 40;

    private readonly FolderSettings folders = Setup.ReadFolders(settings);

    /// <summary>So many bytes may be in it, unpacked; the newest of logs and journal is kept.</summary>
    public int LimitBytes { get; init; } = Usual;

    internal Surroundings Around { private get; init; } = new(time);

    internal Journal Journal { private get; init; } = new(time);

    /// <summary>Makes it, on a thread that gives way to everything else. When cancelled nobody waits for that thread, which ends by itself.</summary>
    public Task<MadeBundle> Make(CancellationToken ct) => LowPriority.Run(() => Pack(ct)).WaitAsync(ct);

    private MadeBundle Pack(CancellationToken ct)
    {
        var (at, kit) = (time.GetUtcNow(), KitId.TryParse(Setup.ReadUnenrolled(settings).Value?.Kit, out var id) ? $"{id}" : "");
        var secrets = KnownSecrets.Of(settings, Around.Read(ct));
        var contents = new BundleContents(new(secrets.All), LimitBytes);
        AddDocuments(contents, ct);
        if (secrets.Unread.Length == 0)
            AddText(contents, ct);
        else
            MissText(contents, secrets.Unread);
        var manifest = new Manifest(1, kit, at, SystemClock.Ask(), facts.Agent, LimitBytes, [.. contents.Files.Select(file => file.Entry)], contents.Gaps);
        var name = string.Create(CultureInfo.InvariantCulture, $"classcontact-{(kit.Length > 0 ? kit : "bundle")}-{at.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");
        ct.ThrowIfCancellationRequested();
        var first = new BundleFile("manifest.json", JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.Manifest));
        return new($"{name}.tar.gz", Archive.Of(name, contents.Files.Prepend(first), at), manifest);
    }

    private void AddDocuments(BundleContents contents, CancellationToken ct)
    {
        contents.Add("versions.json", Wait(new Versions(time).Read(facts, ct)));
        contents.Add("settings.json", SettingsExcerpt.Of(settings));
        if (facts.Status is { } status)
            contents.Add("status.json", status);
        else
            contents.Miss("status", "no-agent");
        contents.Try("lessons", () =>
        {
            var lessons = new LessonFolder(folders.Data, time, NullLogger.Instance).Read().Take(MostLessons).ToList();
            contents.Add("lessons.json", new JsonArray([.. lessons.Select(lesson => JsonSerializer.SerializeToNode(lesson, LessonJson.Default.LessonRecord))]));
        });
        contents.Try("diagnosis", () =>
        {
            if (LastDiagnosis.Read(folders.Data) is { } found)
                contents.Add("diagnosis.json", JsonSerializer.SerializeToNode(found, WireJson.Default.Selftest));
            else
                contents.Miss("diagnosis", "not-there");
        });
        if (facts.Status is null)
            contents.Try("outbox", () => AddOutbox(contents));
    }

    // An agent that runs has told the numbers, and its file may lag behind them.
    private void AddOutbox(BundleContents contents)
    {
        var counts = OutboxCounts.Of(Path.Combine(folders.Data, OutboxDisk.Name));
        contents.Add("outbox.json", counts.Document);
        if (!counts.IsWhole)
            contents.Miss("outbox", "in-use");
    }

    private static void MissText(BundleContents contents, IEnumerable<string> unread)
    {
        foreach (var kind in unread)
            contents.Miss(kind, "unreadable"); // which file to look after
        contents.Miss("journal", "secrets-unknown");
        contents.Miss("logs", "secrets-unknown");
    }

    // Free text. The journal first, for it is less, and tells of agents that could not write a log.
    private void AddText(BundleContents contents, CancellationToken ct)
    {
        var (said, why) = Journal.Read(contents.Room / 4, ct);
        if (why is not null)
            contents.Miss("journal", why);
        else
            contents.Add(BundleFile.Of("journal.txt", [.. contents.Sieve.Lines([.. said.Select(line => line.Message)], ct).Zip(said, (clean, line) => $"{line.Stamp} {clean}")]));
        ct.ThrowIfCancellationRequested();
        contents.Try("logs", () => AddLogs(contents, ct));
    }

    // As one text, for what was cut by the change of a file is whole again in it. A marker may be longer than its line: some room is left for that.
    private void AddLogs(BundleContents contents, CancellationToken ct)
    {
        var parts = LogTail.Read(folders.Logs, contents.Room - contents.Room / 16);
        var clean = contents.Sieve.Lines([.. parts.SelectMany(part => part.Lines)], ct).AsSpan();
        foreach (var part in parts)
        {
            contents.Add(BundleFile.Of($"logs/{part.Name}", clean[..part.Lines.Count].ToArray(), part.IsCut));
            clean = clean[part.Lines.Count..];
        }
        if (parts.Count == 0)
            contents.Miss("logs", "empty");
    }

    // On a thread of its own, which has nothing else to do.
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
