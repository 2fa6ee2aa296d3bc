using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Runtime.Versioning;
using ClassContact.Kit.Call;
using ClassContact.Kit.Settings;

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
/// <param name="CameraEnded">The camera's track was ended by the system, or never came because there was no camera, and none is live.</param>
/// <param name="MicrophoneEnded">The same of the microphone's.</param>
/// <param name="CameraListed">The browser lists a camera; null when it was not asked.</param>
/// <param name="MicrophoneListed">The same of a microphone.</param>
/// <param name="Muted">Our sound is held back; null while there is none.</param>
/// <param name="Began">When this document began, ms since 1970: it changes when the page loads itself anew.</param>
/// <param name="Made">So many connections the page has ever made.</param>
/// <param name="Connected">A connection is up.</param>
/// <param name="Broken">A connection is disconnected or has failed.</param>
/// <param name="Unsent">A connection that was to send ours has failed, and no other sends it.</param>
/// <param name="Sockets">Sockets that are open; null for a page that never had one, or whose are not seen.</param>
/// <param name="Empty">The meeting shows that nobody else is there; null where that cannot be seen.</param>
/// <param name="Odd">Fields of the meeting's description that are no selectors.</param>
/// <param name="Counters">What the statistics count: for <see cref="Quality.CallCounters.Of"/>.</param>
internal sealed record Look(
    bool Hooked, bool Loaded, string Host, int Status, bool Joined, bool Camera, bool Microphone, double? CameraAt, double? MicrophoneAt, string? Refused, long Received,
    bool CameraEnded = false, bool MicrophoneEnded = false, bool? CameraListed = null, bool? MicrophoneListed = null, bool? Muted = null,
    double Began = 0, int Made = 0, bool Connected = false, bool Broken = false, bool Unsent = false, int? Sockets = null, bool? Empty = null, JsonElement Counters = default, IReadOnlyList<string>? Odd = null)
{
    public Tracks Live => Of(Camera, Microphone);

    public Tracks Ended => Of(CameraEnded, MicrophoneEnded);

    public Tracks Absent => Of(!Camera && CameraListed is false, !Microphone && MicrophoneListed is false);

    private static Tracks Of(bool camera, bool microphone) => (camera ? Tracks.Camera : Tracks.None) | (microphone ? Tracks.Microphone : Tracks.None);

    /// <param name="page">The page.</param>
    /// <param name="meeting">Tells what is there only once the page has joined, and only while nobody else is.</param>
    /// <param name="ct">Cancels.</param>
    [SupportedOSPlatform("linux")]
    public static async Task<Look> At(Page page, MeetingDescription meeting, CancellationToken ct)
    {
        var expression = $"({Script.Look})({Text(meeting.Joined)}, {Text(meeting.Empty)})";
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

    private static string Text(string? selector) => selector is null ? "null" : JsonValue.Create(selector).ToJsonString();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Look))]
internal sealed partial class LookJson : JsonSerializerContext;
