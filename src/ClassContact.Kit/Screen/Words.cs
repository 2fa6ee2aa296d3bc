using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace ClassContact.Kit.Screen;

/// <summary>
/// The sentences of one language. Each folder of the kit that has something to say has its own, <c>Camera/Words/fr.json</c>; a new language is a
/// new file beside the others and nothing else.
/// </summary>
public sealed class Words
{
    private const string Prefix = "words/";
    private const string Suffix = ".json";
    private readonly FrozenDictionary<string, string> _sentences;

    internal Words(string language, IReadOnlyDictionary<string, string> sentences)
    {
        Language = language;
        _sentences = sentences.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The languages there are, as in <see cref="Of"/>, in alphabetical order.</summary>
    public static IReadOnlyList<string> Languages { get; } =
    [
        .. typeof(Words).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[(name.LastIndexOf('/') + 1)..^Suffix.Length])
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Two letters, as an HTML <c>lang</c>.</summary>
    public string Language { get; }

    /// <summary>The sentence as it stands in the file.</summary>
    /// <exception cref="KeyNotFoundException">The file lacks it; the tests let no such file pass.</exception>
    public string this[string key] =>
        _sentences.TryGetValue(key, out var sentence) ? sentence : throw new KeyNotFoundException($"the words of '{Language}' lack '{key}'");

    /// <summary>The sentence, or null where the language has none for it.</summary>
    public string? Find(string key) => _sentences.GetValueOrDefault(key);

    internal IReadOnlyDictionary<string, string> Sentences => _sentences;

    /// <summary>Reads a language's words.</summary>
    /// <exception cref="ArgumentException">There is no such language; the message names those there are.</exception>
    public static Words Of(string language)
    {
        if (!Languages.Contains(language))
            throw new ArgumentException($"no words in language '{language}'; there are {string.Join(", ", Languages)}", nameof(language));
        var files = typeof(Words).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith($"/{language}{Suffix}", StringComparison.Ordinal));
        return new Words(language, files.SelectMany(Read).ToDictionary()); // a key that two folders claim is an error at the first start
    }

    private static Dictionary<string, string> Read(string resource)
    {
        using var file = typeof(Words).Assembly.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize(file, WordsJson.Default.DictionaryStringString)!;
    }

    /// <summary>The sentence with its placeholders filled.</summary>
    internal string Say(string key, params ReadOnlySpan<(string Name, string Value)> fills)
    {
        var sentence = this[key];
        foreach (var (name, value) in fills)
            sentence = sentence.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        return sentence;
    }

    /// <summary>The sentence about a member of an enum: <c>cause.page-not-loaded.what</c>.</summary>
    internal string About<T>(string kind, T member, string? aspect = null)
        where T : struct, Enum
    {
        var name = JsonNamingPolicy.KebabCaseLower.ConvertName(member.ToString());
        return this[aspect is null ? $"{kind}.{name}" : $"{kind}.{name}.{aspect}"];
    }

    /// <summary>A time as the language writes it, without the minutes of a full hour where it has a form for that.</summary>
    internal string Time(TimeOnly time) => Say(
        time.Minute == 0 ? "time.full-hour" : "time",
        ("hour", time.Hour.ToString(CultureInfo.InvariantCulture)),
        ("minute", time.Minute.ToString("00", CultureInfo.InvariantCulture)));
}
