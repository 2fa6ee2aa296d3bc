using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Runtime.Versioning;
using ClassContact.Kit.Call;

namespace ClassContact.Kit.Browser;

/// <summary>What the meeting's page tells of the call: numbers and yes or no, nothing that was seen or said.</summary>
/// <param name="Hooked">Our script saw the page from its beginning.</param>
/// <param name="Loaded">The document is complete, whatever pictures it still waits for.</param>
/// <param name="Host">Of the page's address.</param>
/// <param name="Status">HTTP status of the page; 0 where the page does not know.</param>
/// <param name="Joined">By the meeting's description.</param>
/// <param name="Camera">A picture track of ours is live.</param>
/// <param name="Microphone">A sound track of ours is live.</param>
/// <param name="CameraAt">When the camera first opened, ms since 1970 by the kit's clock.</param>
/// <param name="MicrophoneAt">When the microphone first opened, in the same way.</param>
/// <param name="Refused">Why the page last got no camera or microphone: the browser's word, such as <c>NotFoundError</c>.</param>
/// <param name="Received">Packets of remote sound and picture so far.</param>
/// <param name="Counters">What the statistics count: for <see cref="Quality.CallCounters.Of"/>.</param>
internal sealed record Look(
    bool Hooked, bool Loaded, string Host, int Status, bool Joined, bool Camera, bool Microphone, double? CameraAt, double? MicrophoneAt, string? Refused, long Received,
    JsonElement Counters = default)
{
    public Tracks Live => (Camera ? Tracks.Camera : Tracks.None) | (Microphone ? Tracks.Microphone : Tracks.None);

    /// <param name="page">The page.</param>
    /// <param name="joined">What is there only once the page has joined; null: our own live tracks.</param>
    /// <param name="ct">Cancels.</param>
    [SupportedOSPlatform("linux")]
    public static async Task<Look> At(Page page, string? joined, CancellationToken ct)
    {
        var expression = $"({Script.Look})({(joined is null ? "null" : JsonValue.Create(joined).ToJsonString())})";
        var value = await page.Evaluate(expression, ct);
        try
        {
            return value.Deserialize(LookJson.Default.Look) ?? throw new DevToolsException("the page tells nothing");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DevToolsException("the page tells nonsense"); // its scripts can change what ours stand on
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Look))]
internal sealed partial class LookJson : JsonSerializerContext;
