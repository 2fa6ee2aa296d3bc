using System.Text;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Install;

/// <summary>Where an answer comes from.</summary>
internal enum AnswerOf
{
    /// <summary>It stood in a file of answers.</summary>
    File,

    /// <summary>A person was asked, and typed it or took what was offered.</summary>
    Person,

    /// <summary>Nobody was asked: it is what is usual.</summary>
    Nobody,
}

/// <summary>What a technician answers when a kit is set up, by the question's name.</summary>
internal sealed class Answers
{
    /// <summary>The questions, in the order in which they are asked.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["kit", "school", "room", "language", "meeting", "start-key", "end-key", "class-end", "camera", "speakerphone", "server", "authority", "code", "broker", "link-file"];

    private readonly Dictionary<string, (string Text, AnswerOf Of)> given = new(StringComparer.Ordinal);

    /// <summary>The answer; null where there is none. An empty one is one, too: "none of that".</summary>
    public string? this[string name] => given.TryGetValue(name, out var answer) ? answer.Text : null;

    /// <summary>The same, with an empty answer as null.</summary>
    public string? Filled(string name) => this[name] is { Length: > 0 } text ? text : null;

    /// <summary>Where the answer comes from; null where there is none.</summary>
    public AnswerOf? Of(string name) => given.TryGetValue(name, out var answer) ? answer.Of : null;

    /// <summary>Answers a question.</summary>
    public void Give(string name, string answer, AnswerOf of) => given[name] = (answer, of);

    /// <summary>Takes an answer back that cannot stay, so that its question is open again.</summary>
    public void TakeBack(string name) => given.Remove(name);

    /// <summary>Reads a file of answers.</summary>
    /// <param name="path">The file; <c>-</c> for the standard input, so that a code need not lie on a disk.</param>
    public static Checked<Answers> Read(string path)
    {
        if (path == "-")
            return ReadInput(Console.OpenStandardInput());
        var text = SettingsText.Read(path);
        return text.Value is { } utf8 ? Parse(path, Encoding.UTF8.GetString(utf8).Split('\n')) : new(null, text.Problems);
    }

    /// <summary>The same from a stream.</summary>
    internal static Checked<Answers> ReadInput(Stream input)
    {
        try
        {
            using var reader = new StreamReader(input, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Parse("-", reader.ReadToEnd().Split('\n'));
        }
        catch (DecoderFallbackException)
        {
            return new(null, [new("-", null, "", "is not UTF-8 text")]);
        }
    }

    /// <summary>Reads a file of answers: <c>name: answer</c> lines; empty lines and such that begin with # are for people.</summary>
    /// <param name="path">How the file is named in problems.</param>
    /// <param name="lines">Its lines.</param>
    public static Checked<Answers> Parse(string path, IEnumerable<string> lines)
    {
        var answers = new Answers();
        List<Problem> problems = [];
        foreach (var (line, number) in lines.Select((line, i) => (line.Trim(), i + 1)))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? "" : line[..colon].Trim();
            // What stands there may be a code or a link, so it is not repeated.
            if (colon < 0)
                problems.Add(new(path, number, "", "is no 'name: answer'"));
            else if (!Names.Contains(name))
                problems.Add(new(path, number, "", $"names no question (there are: {string.Join(", ", Names)})"));
            else if (!answers.given.TryAdd(name, (line[(colon + 1)..].Trim(), AnswerOf.File)))
                problems.Add(new(path, number, name, "stands twice"));
        }
        return new(problems.Count == 0 ? answers : null, problems);
    }
}
