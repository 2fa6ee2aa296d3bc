using ClassContact.Agent.Words;

namespace ClassContact.Agent.Run;

/// <summary>Tells that the log's files cannot be written, where the service manager's journal hears it: the first time, then once an hour.</summary>
/// <param name="folder">Of the files.</param>
/// <param name="time">Of the hour.</param>
/// <param name="say">Takes the sentence.</param>
internal sealed class LogTrouble(string folder, TimeProvider time, Action<string> say)
{
    /// <summary>A full disk fails every line of the log; the journal is not to be filled with that.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private long? told;

    /// <summary>Takes what Serilog says of its own trouble: a time, a sentence, then the exception with its stack.</summary>
    internal void Tell(string trouble)
    {
        lock (say)
        {
            if (told is { } before && time.GetElapsedTime(before) < Pause)
                return;
            told = time.GetTimestamp();
        }
        var sentence = trouble[(trouble.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split('\n')[0].Trim();
        say(CliWords.Say("run.no-log", ("folder", folder), ("reason", sentence)));
    }
}
