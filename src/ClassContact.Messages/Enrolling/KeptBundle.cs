using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ClassContact.Messages.Enrolling;

/// <summary>A bundle that a kit has sent and the service keeps for the helpdesk.</summary>
/// <param name="Name">The name under which the helpdesk finds it: <c>bxl-0042-20261121T204648Z-3f9a1c7b.tar.gz</c>.</param>
/// <param name="Bytes">Its length.</param>
public sealed partial record KeptBundle(string Name, long Bytes)
{
    /// <summary>What a bundle is sent as.</summary>
    public const string MediaType = "application/gzip";

    /// <summary>A longer one is refused. A kit sends 2 MB before it packs them; four times as much is for a later one.</summary>
    public const int Longest = 8 * 1024 * 1024;

    /// <summary>As UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, KeptBundleJson.Default.KeptBundle);

    /// <summary>From UTF-8 JSON; null when it is none.</summary>
    public static KeptBundle? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, KeptBundleJson.Default.KeptBundle) is { Bytes: > 0 and <= Longest } read && KitOf(read.Name) is not null ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whose a bundle of that name is; null when no bundle is called so.</summary>
    public static KitId? KitOf(string name) => Shape().Match(name) is { Success: true } match && KitId.TryParse(match.Groups[1].Value, out var kit) ? kit : null;

    [GeneratedRegex(@"\A([a-z0-9-]+)-\d{8}T\d{6}Z-[0-9a-f]{8}\.tar\.gz\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KeptBundle))]
internal sealed partial class KeptBundleJson : JsonSerializerContext;
