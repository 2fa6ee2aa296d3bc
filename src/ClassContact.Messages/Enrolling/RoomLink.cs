using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClassContact.Messages.Enrolling;

/// <summary>
/// Which meeting a kit opens, as the signing service tells it over mutual TLS. Never on MQTT, never in a log: whoever holds the link can enter.
/// </summary>
/// <param name="Room">The label on the door, 1 to 40 characters: what somebody at the kit confirms. No pupil's name.</param>
/// <param name="Link">The meeting's address. A secret.</param>
public sealed record RoomLink(string Room, string Link)
{
    /// <summary>The longest label, as in a kit's settings.</summary>
    public const int LongestRoom = 40;

    /// <summary>The longest link, in bytes, as in a kit's settings.</summary>
    public const int LongestLink = 2048;

    /// <summary>As UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, RoomLinkJson.Default.RoomLink);

    /// <summary>From UTF-8 JSON; null when it is none, or not within the limits.</summary>
    public static RoomLink? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RoomLinkJson.Default.RoomLink) is { } read && read.WhyNot() is null ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with it, without a word of the link; null when nothing is.</summary>
    public string? WhyNot() =>
        PlainLine.ProblemOf(Room, LongestRoom) is not null ? $"the room must be one line of 1 to {LongestRoom} characters"
        : Link.Length is 0 or > LongestLink || Link.Any(c => c is <= ' ' or > '~') ? $"the link must be one address of at most {LongestLink} bytes, without spaces"
        : !Uri.TryCreate(Link, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? "the link must be an https address"
        : null;

    /// <summary>Never the link.</summary>
    public override string ToString() => $"(the meeting link of {Room})";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RoomLink))]
internal sealed partial class RoomLinkJson : JsonSerializerContext;
