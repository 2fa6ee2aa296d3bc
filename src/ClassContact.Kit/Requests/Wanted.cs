using ClassContact.Messages;

namespace ClassContact.Kit.Requests;

/// <summary>One request, read and found good.</summary>
/// <param name="Request">Its envelope.</param>
/// <param name="Name">Its name, one of <see cref="RequestName"/>.</param>
internal sealed record Wanted(Request Request, string Name)
{
    /// <summary>Of <see cref="RequestName.ShowMessage"/>: the line.</summary>
    internal string? Text { get; private init; }

    /// <summary>Of <see cref="RequestName.SetLogLevel"/>: its fields.</summary>
    internal SetLogLevel? LogLevel { get; private init; }

    /// <summary>Does no harm whoever asks and however late: then a clock or a disk that is broken is no reason to refuse it.</summary>
    internal bool IsHarmless => IsHarmlessByName(Name);

    /// <summary>The same of a name alone.</summary>
    internal static bool IsHarmlessByName(string name) => name is RequestName.ShowMessage or RequestName.RunDiagnosis;

    /// <summary>Reads a request's own fields; what is wrong with them as a code, or null.</summary>
    internal static string? Read(Request request, string name, ReadOnlySpan<byte> payload, out Wanted wanted)
    {
        wanted = new(request, name);
        switch (name)
        {
            case RequestName.ShowMessage when Wire.ReadBody<ShowMessage>(payload) is { } message:
                wanted = wanted with { Text = message.Text.Trim() };
                return PlainLine.ProblemOf(message.Text, ShowMessage.Longest);
            case RequestName.SetLogLevel when Wire.ReadBody<SetLogLevel>(payload) is { } level && level.IsGood():
                wanted = wanted with { LogLevel = level };
                return null;
            case RequestName.ShowMessage or RequestName.SetLogLevel:
                return "unreadable";
            default:
                return null; // the envelope is all there is to it
        }
    }
}
