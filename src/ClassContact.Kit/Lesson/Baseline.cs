using System.Text.Json;
using ClassContact.Kit.Tools;
using ClassContact.Messages;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Lesson;

/// <summary>What was around the kit in its last good lesson.</summary>
/// <param name="data">The kit's folder for what outlasts a reboot.</param>
/// <param name="log">Gets what cannot be kept or read.</param>
internal sealed class Baseline(string data, ILogger log)
{
    private readonly string path = Path.Combine(data, "last-good-lesson.json");

    /// <summary>What differs; null before the first good lesson. What nobody knows, then or now, has not changed.</summary>
    internal IReadOnlyList<LessonChange>? Changes(IReadOnlyDictionary<string, string> now) => Read() is not { } was ? null :
        [.. from known in now.OrderBy(n => n.Key, StringComparer.Ordinal)
            where was.TryGetValue(known.Key, out var before) && before != known.Value
            select new LessonChange(known.Key, was[known.Key], known.Value)];

    /// <summary>The lesson was good. What nobody knows now stays as it was.</summary>
    internal void Keep(IReadOnlyDictionary<string, string> now)
    {
        var all = Read() ?? [];
        foreach (var (what, value) in now)
            all[what] = value;
        try
        {
            Directory.CreateDirectory(data);
            WholeFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(all, LessonJson.Default.DictionaryStringString));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError("{File}: what was around a good lesson cannot be kept: {Reason}", path, e.Message);
        }
    }

    private Dictionary<string, string>? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), LessonJson.Default.DictionaryStringString);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            log.LogWarning("{File} cannot be read, so nobody knows what has changed: {Reason}", path, e.Message);
            return null;
        }
    }
}
