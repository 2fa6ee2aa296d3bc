using System.Text.Json;

namespace ClassContact.Kit.Door;

/// <summary>What the page says: that something was pressed, and what stands in the fields. Whatever comes is taken for hostile.</summary>
/// <param name="Action">A code of ours, or none.</param>
/// <param name="Values">Field by field; may hold a password.</param>
internal sealed record DoorWord(string Action, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The longest payload that is looked at: a Wi-Fi name of 32 bytes and a password of 63, escaped, are a tenth of it.</summary>
    public const int Longest = 4096;

    private const int LongestName = 40;
    private const int LongestValue = 300; // a fingerprint has 95, an address of a server some 60
    private const int MostValues = 8;

    /// <summary>A field's value; empty where it is not there.</summary>
    public string this[string field] => Values.GetValueOrDefault(field, "");

    /// <summary>Never the values.</summary>
    public override string ToString() => Action;

    /// <summary>Reads a payload; null for anything but ours.</summary>
    public static DoorWord? Read(string payload)
    {
        if (payload.Length > Longest)
            return null;
        try
        {
            using var json = JsonDocument.Parse(payload, new() { MaxDepth = 3 });
            return json.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("action", out var action)
                && action.ValueKind is JsonValueKind.String && IsName(action.GetString()!)
                && ValuesOf(root) is { } values ? new(action.GetString()!, values) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: half a surrogate
        {
            return null;
        }
    }

    private static Dictionary<string, string>? ValuesOf(JsonElement root)
    {
        if (!root.TryGetProperty("values", out var values))
            return [];
        if (values.ValueKind is not JsonValueKind.Object)
            return null;
        var found = new Dictionary<string, string>();
        foreach (var field in values.EnumerateObject())
        {
            if (found.Count == MostValues || !IsName(field.Name) || field.Value.ValueKind is not JsonValueKind.String
                || field.Value.GetString()! is not { Length: <= LongestValue } text || text.Any(char.IsControl) || !found.TryAdd(field.Name, text))
                return null;
        }
        return found;
    }

    private static bool IsName(string text) => text.Length is > 0 and <= LongestName && text.All(c => c is (>= 'a' and <= 'z') or '-' or '.');
}
