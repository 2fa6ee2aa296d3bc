using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClassContact.Agent.Words;

/// <summary>What the command line says to people, from <c>Words/en.json</c>: flat keys that begin with the command's name.</summary>
internal static class CliWords
{
    /// <summary>The file's name in the assembly.</summary>
    internal const string Resource = "cli-words.json";

    private static readonly FrozenDictionary<string, string> Sentences = Read();

    /// <summary>The sentence with its placeholders, <c>{name}</c>, filled.</summary>
    /// <exception cref="KeyNotFoundException">The file lacks the key.</exception>
    internal static string Say(string key, params ReadOnlySpan<(string Name, string Value)> fills)
    {
        var sentence = Sentences.TryGetValue(key, out var found) ? found : throw new KeyNotFoundException($"en.json lacks '{key}'");
        foreach (var (name, value) in fills)
            sentence = sentence.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        return sentence;
    }

    /// <summary>The sentence of an enum's member: <c>watch.call.with-pupil</c>.</summary>
    internal static string Of<T>(string prefix, T member)
        where T : struct, Enum => Say($"{prefix}.{JsonNamingPolicy.KebabCaseLower.ConvertName(member.ToString())}");

    private static FrozenDictionary<string, string> Read()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize(file, CliWordsJson.Default.DictionaryStringString)!.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class CliWordsJson : JsonSerializerContext;
