using System.Text.Json;
using ClassContact.Kit.Tools;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Lesson;

/// <summary>The lesson that goes on, in the runtime folder, so that the next agent can go on with it. A reboot forgets it, as it forgets the consent.</summary>
internal sealed class DraftFile(string folder, ILogger log)
{
    private readonly string path = Path.Combine(folder, "lesson.json");
    private bool isTold;

    /// <summary>What an earlier agent wrote; null for nothing.</summary>
    /// <param name="now">The machine's time: a draft from later is of another boot.</param>
    internal LessonDraft? Read(TimeSpan now)
    {
        try
        {
            var draft = JsonSerializer.Deserialize(File.ReadAllBytes(path), LessonJson.Default.LessonDraft);
            return draft is not null && TimeSpan.Zero <= draft.Began && draft.Began <= draft.Until && draft.Until <= now && draft.Sent.IsSound && draft.Received.IsSound
                ? draft
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            log.LogWarning("{File}: the lesson of an earlier agent cannot be read: {Reason}", path, e.Message);
            return null;
        }
    }

    internal void Keep(LessonDraft draft) => Try(() => WholeFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(draft, LessonJson.Default.LessonDraft)));

    internal void Drop() => Try(() => File.Delete(path));

    private void Try(Action act)
    {
        try
        {
            act();
            isTold = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!isTold) // else every 10 s
                log.LogError("{File}: the lesson cannot be written down as it goes: {Reason}", path, e.Message);
            isTold = true;
        }
    }
}
