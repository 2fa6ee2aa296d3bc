using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ClassContact.Kit.Camera;

namespace ClassContact.Kit.Speakerphone;

/// <summary>What the sound-and-video server has, as its tool pw-dump tells it.</summary>
/// <param name="Nodes">Loudspeakers, microphones and cameras.</param>
/// <param name="DefaultLoudspeaker">The name of the node where sound goes unless a program chooses; null when nobody has chosen one.</param>
/// <param name="DefaultMicrophone">The same for where sound comes from.</param>
internal sealed record SoundGraph(ImmutableArray<SoundNode> Nodes, string? DefaultLoudspeaker, string? DefaultMicrophone)
{
    /// <summary>The cameras.</summary>
    public IReadOnlyList<CameraDevice> Cameras =>
        [.. Nodes.Where(node => node.Roles.HasFlag(NodeRoles.Camera)).Select(node => new CameraDevice(node.Told ?? "", node.Usb))];

    /// <summary>Reads what pw-dump wrote; null when it is not that.</summary>
    public static SoundGraph? Parse(string json)
    {
        try
        {
            if (Objects(json) is not { } objects)
                return null;
            var devices = objects.Where(o => Is(o, "Device") && Number(o, "id") is not null)
                .GroupBy(o => (int)Number(o, "id")!).ToDictionary(same => same.Key, same => Props(same.First()));
            var nodes = objects.Where(o => Is(o, "Node")).Select(o => Node(o, devices)).Where(node => node.Roles != NodeRoles.None);
            var defaults = objects.FirstOrDefault(o => Is(o, "Metadata") && Text(Inside(o, "props"), "metadata.name") == "default");
            return new([.. nodes], Default(defaults, "default.audio.sink"), Default(defaults, "default.audio.source"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Something that goes while pw-dump writes makes it write more than one list (seen in 25 of 150 looks at a server that changes): what a later one
    // tells of an object replaces what was told before, and of one that is gone it tells the number alone.
    private static List<JsonElement>? Objects(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { AllowMultipleValues = true });
        List<JsonElement>? objects = null;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                return null;
            var told = JsonElement.ParseValue(ref reader).EnumerateArray().ToList();
            var known = objects is null ? [] : told.Select(o => Number(o, "id")).OfType<double>().ToHashSet();
            objects = [.. objects?.Where(o => Number(o, "id") is not { } id || !known.Contains(id)) ?? [], .. told];
        }
        return objects;
    }

    private static SoundNode Node(JsonElement o, Dictionary<int, JsonElement> devices)
    {
        var props = Props(o);
        var device = Number(props, "device.id") is { } id && devices.ContainsKey((int)id) ? (int)id : (int?)null;
        var above = device is null ? default : devices[device.Value];
        var name = Text(props, "node.name") ?? "";
        var description = Text(props, "node.description") ?? Text(props, "node.nick") ?? name;
        var mixer = Mixer(Inside(Inside(Inside(o, "info"), "params"), "Props"));
        return new(name, description, Roles(Text(props, "media.class")), device, Usb(above))
        {
            Id = Number(o, "id") is { } number ? (int)number : null,
            IsDisplay = new[] { name, description, Text(props, "device.profile.name") ?? "" }.Any(IsOfADisplay),
            IsDummy = name == "auto_null",
            IsNamedByPeople = Text(above, "device.api") == "bluez5" || Text(props, "device.api") == "bluez5" || Text(props, "node.network") is "true" or "True",
            IsMuted = Inside(mixer, "mute").ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null },
            Percent = Percent(mixer),
        };
    }

    private static JsonElement Mixer(JsonElement props) => props.ValueKind == JsonValueKind.Array
        ? props.EnumerateArray().FirstOrDefault(p => Inside(p, "mute").ValueKind != JsonValueKind.Undefined) : default;

    private static NodeRoles Roles(string? mediaClass) => mediaClass switch
    {
        "Audio/Sink" => NodeRoles.Loudspeaker,
        "Audio/Source" or "Audio/Source/Virtual" => NodeRoles.Microphone,
        "Audio/Duplex" => NodeRoles.Loudspeaker | NodeRoles.Microphone,
        "Video/Source" => NodeRoles.Camera,
        _ => NodeRoles.None,
    };

    private static bool IsOfADisplay(string text) =>
        text.Contains("hdmi", StringComparison.OrdinalIgnoreCase) || text.Contains("displayport", StringComparison.OrdinalIgnoreCase);

    // The server counts in amplitudes; sliders, and its own wpctl and pactl, show their cube root. The loudest channel is what is heard.
    private static int? Percent(JsonElement mixer)
    {
        if (Inside(mixer, "channelVolumes") is not { ValueKind: JsonValueKind.Array } channels)
            return null;
        var volumes = channels.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.Number).Select(v => v.GetDouble()).ToList();
        var amplitude = volumes.DefaultIfEmpty(double.NaN).Max() * (Number(mixer, "volume") ?? 1);
        return double.IsFinite(amplitude) && amplitude is >= 0 and < 1000 ? (int)Math.Round(100 * Math.Cbrt(amplitude)) : null;
    }

    // Since 0.3.5x hexadecimal with 0x; decimal before.
    private static string? Usb(JsonElement device) =>
        Text(device, "device.bus") == "usb" && Id(Text(device, "device.vendor.id")) is { } vendor && Id(Text(device, "device.product.id")) is { } product
            ? $"{vendor:x4}:{product:x4}" : null;

    private static ushort? Id(string? text) =>
        text is null ? null
        : text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ushort.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null
        : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Default(JsonElement metadata, string key) =>
        Inside(metadata, "metadata") is { ValueKind: JsonValueKind.Array } entries
            ? entries.EnumerateArray().Where(entry => Text(entry, "key") == key).Select(entry => Text(Inside(entry, "value"), "name")).FirstOrDefault()
            : null;

    private static bool Is(JsonElement o, string type) => Text(o, "type") == $"PipeWire:Interface:{type}";

    private static JsonElement Props(JsonElement o) => Inside(Inside(o, "info"), "props");

    private static JsonElement Inside(JsonElement o, string name) =>
        o.ValueKind == JsonValueKind.Object && o.TryGetProperty(name, out var inside) ? inside : default;

    // Texts that look like numbers or truths are written as such.
    private static string? Text(JsonElement o, string name) => Inside(o, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } other => other.ToString(),
        _ => null,
    };

    private static double? Number(JsonElement o, string name) =>
        Inside(o, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) ? value : null;
}
