using System.Globalization;
using System.Text.Json;
using ClassContact.Kit.Link;
using ClassContact.Kit.Tools;
using ClassContact.Messages;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Lesson;

/// <summary>The lessons that a kit keeps: a file each, for 30 days. A disk that takes no more costs the file and nothing else.</summary>
/// <param name="data">The kit's folder for what outlasts a reboot.</param>
/// <param name="time">Tells how old a lesson is.</param>
/// <param name="log">Gets what cannot be kept or read.</param>
public sealed class LessonFolder(string data, TimeProvider time, ILogger log)
{
    /// <summary>The figure.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Twenty presses on each of thirty days, some 2 kB each.</summary>
    internal const int Most = 600;

    /// <summary>A lesson has less than 4 kB; what is larger is none.</summary>
    private const int LongestFile = 64 * 1024;

    private const string Extension = ".json";

    private readonly string folder = Path.Combine(data, "lessons");

    /// <summary>Whether the clock can be trusted. With one that cannot, no lesson is too old.</summary>
    internal Func<ClockState> Clock { get; init; } = SystemClock.Ask;

    /// <summary>Every lesson that can be read, the newest first.</summary>
    /// <exception cref="UnauthorizedAccessException">The folder, or a file in it, is not ours to read.</exception>
    public IReadOnlyList<LessonRecord> Read() => [.. Files(Extension).Select(Read).OfType<LessonRecord>().OrderByDescending(lesson => lesson.Start)];

    /// <summary>Keeps a lesson, and forgets those that are too old or too many.</summary>
    public void Keep(LessonRecord lesson)
    {
        try
        {
            Directory.CreateDirectory(folder);
            Forget(); // first: it may make the room that this one needs
            var id = string.Concat(lesson.Id.Where(char.IsAsciiLetterOrDigit).Take(32));
            var name = string.Create(CultureInfo.InvariantCulture, $"{lesson.Start.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{id}{Extension}");
            WholeFile.Write(Path.Combine(folder, name), JsonSerializer.SerializeToUtf8Bytes(lesson, LessonJson.Default.LessonRecord));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError("{Folder}: the lesson cannot be kept: {Reason}", folder, e.Message);
        }
    }

    /// <summary>Sets aside what is no lesson, and tells it: a broken disk is worth a look.</summary>
    public void SetDamagedAside()
    {
        try
        {
            foreach (var file in Files(Extension).Where(file => Read(file) is null))
            {
                File.Move(file, file + ".damaged", overwrite: true);
                log.LogWarning("{File} is no lesson that can be read; it is set aside as .damaged", file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("{Folder}: a damaged lesson cannot be set aside: {Reason}", folder, e.Message);
        }
    }

    // By name, so by start; the clock of the moment it was written in.
    private List<string> Files(string extension)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, $"*{extension}").Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static LessonRecord? Read(string file)
    {
        try
        {
            return new FileInfo(file).Length <= LongestFile ? JsonSerializer.Deserialize(File.ReadAllBytes(file), LessonJson.Default.LessonRecord) : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    private void Forget()
    {
        var files = Files("");
        var oldest = Clock() is ClockState.Synced ? time.GetUtcNow() - Kept : DateTimeOffset.MinValue;
        foreach (var file in files.Where((file, i) => i <= files.Count - Most || File.GetLastWriteTimeUtc(file) < oldest.UtcDateTime))
            File.Delete(file);
    }
}
