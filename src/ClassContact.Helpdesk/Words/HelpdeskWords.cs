using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClassContact.Helpdesk.Words;

/// <summary>What the service and its commands say to people, from <c>Words/en.json</c>.</summary>
internal static class HelpdeskWords
{
    private static readonly FrozenDictionary<string, string> Sentences = Read();

    /// <summary>The sentence with its placeholders, <c>{name}</c>, filled.</summary>
    /// <exception cref="KeyNotFoundException">The file lacks the key.</exception>
    public static string Say(string key, params ReadOnlySpan<(string Name, string Value)> fills)
    {
        var sentence = Sentences.TryGetValue(key, out var found) ? found : throw new KeyNotFoundException($"en.json lacks '{key}'");
        foreach (var (name, value) in fills)
            sentence = sentence.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        return sentence;
    }

    private static FrozenDictionary<string, string> Read()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("words.json")!;
        return JsonSerializer.Deserialize(file, WordsJson.Default.DictionaryStringString)!.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class WordsJson : JsonSerializerContext;
