using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClassContact.Kit.Bundle;

/// <summary>A file that goes into a bundle, cleaned of secrets.</summary>
/// <param name="Name">Its name, made by us and never taken from a disk as it is.</param>
/// <param name="Bytes">What is in it.</param>
/// <param name="LeftOut">Lines and values that were left out.</param>
/// <param name="IsCut">Older lines found no room.</param>
internal sealed record BundleFile(string Name, byte[] Bytes, int LeftOut = 0, bool IsCut = false)
{
    private static readonly string Mark = Sieve.Marker("")[..^1];

    internal ManifestEntry Entry => new(Name, Bytes.Length, LeftOut, IsCut);

    /// <summary>A document.</summary>
    internal static BundleFile Of(string name, JsonNode? cleaned)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) // no browser reads this
            (cleaned ?? new JsonObject()).WriteTo(writer);
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        return new(name, [.. buffer.WrittenSpan, (byte)'\n'], text.Split($"\"{Mark}").Length - 1);
    }

    /// <summary>Lines.</summary>
    internal static BundleFile Of(string name, IReadOnlyList<string> cleaned, bool isCut = false) =>
        new(name, Encoding.UTF8.GetBytes(string.Join('\n', cleaned) + "\n"), cleaned.Count(line => line.Contains(Mark, StringComparison.Ordinal)), isCut);
}
