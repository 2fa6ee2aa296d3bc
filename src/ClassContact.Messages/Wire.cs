using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ClassContact.Messages;

/// <summary>A document as it was read: its stamp and its own fields.</summary>
public sealed record Document<T>(Stamp Stamp, T Body);

/// <summary>
/// Writes and reads documents. On the wire the stamp's fields and the body's stand side by side in one JSON object, so that a person with
/// <c>mosquitto_sub</c> reads them at a glance.
/// </summary>
public static class Wire
{
    /// <summary>Longest document that a reader looks at, in bytes. Ours stay below 16 kB; what is longer is not from a kit.</summary>
    public const int LongestDocument = 64 * 1024;

    // "École", not "\u00C9cole": the reader is a JSON parser or a person, never a browser's HTML.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Options = new(WireJson.Default.Options)
    {
        TypeInfoResolver = WireJson.Default.WithAddedModifier(NullableMayBeMissing),
    };

    /// <summary>One JSON object with the stamp's fields first.</summary>
    public static byte[] Write<T>(Stamp stamp, T body) => Write(stamp, TypeOf<Stamp>(), body);

    private static byte[] Write<TFirst, T>(TFirst first, JsonTypeInfo<TFirst> type, T body)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            CopyFields(JsonSerializer.SerializeToElement(first, type), json);
            CopyFields(JsonSerializer.SerializeToElement(body, TypeOf<T>()), json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a document; null for anything that is not one of ours: other JSON, garbage, too long, a later schema.</summary>
    public static Document<T>? Read<T>(ReadOnlySpan<byte> payload)
        where T : class
    {
        return Parse<Stamp>(payload) is { V: Stamp.Version, Uptime: >= 0 and < double.PositiveInfinity } stamp && Parse<T>(payload) is { } body && !HasHole(body)
            ? new(stamp, body)
            : null;
    }

    /// <summary>One JSON object with the request's envelope first.</summary>
    public static byte[] WriteRequest<T>(Request request, T body) => Write(request, TypeOf<Request>(), body);

    /// <summary>A request that has no fields of its own: the envelope alone.</summary>
    public static byte[] WriteRequest(Request request) => JsonSerializer.SerializeToUtf8Bytes(request, TypeOf<Request>());

    /// <summary>Reads a request's envelope, of whatever version; null for garbage, and for an id to which nobody could reply.</summary>
    public static Request? ReadRequest(ReadOnlySpan<byte> payload) => Parse<Request>(payload) is { } request && Topic.IsLeaf(request.Id) ? request : null;

    /// <summary>Reads a request's own fields; null for garbage.</summary>
    public static T? ReadBody<T>(ReadOnlySpan<byte> payload)
        where T : class => Parse<T>(payload);

    private static T? Parse<T>(ReadOnlySpan<byte> payload)
        where T : class
    {
        if (payload.Length is 0 or > LongestDocument)
            return null;
        try
        {
            return JsonSerializer.Deserialize(payload, TypeOf<T>());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The serializer looks for nulls in fields, not in lists, and takes 1e999 for a number.
    private static bool HasHole(object body) => body switch
    {
        About about => about.Capabilities.Contains(null!),
        CallStatus call => call.Missing.Contains(null!),
        KitEvent { Lesson: { } lesson } => lesson.Changed?.Contains(null!) == true || new[] { lesson.Sent, lesson.Received }.Any(IsHole),
        HealthStatus health => health.Checks.Any(IsHole),
        Selftest test => IsHole(test),
        KitEvent { Diagnosis: { } test } => IsHole(test),
        Metrics metrics => metrics.Figures.Any(IsHole),
        KitEvent { Help: { } help } => HasHole(help),
        _ => false,
    };

    private static bool IsHole(LessonQuality? quality) =>
        new[] { quality?.Sound, quality?.Fps, quality?.Lines }.Any(range => range is not null && !double.IsFinite(range.Worst + range.Median));

    private static bool HasHole(HelpReport help) =>
        help.Missing.Contains(null!) || help.Faults.Contains(null!) || help.Figures.Any(f => f is null || !double.IsFinite(f.Ago) || f.Figures.Any(IsHole));

    private static bool IsHole(Selftest test) => !double.IsFinite(test.Seconds) || test.Checks.Any(IsHole);

    private static bool IsHole(CheckStatus? check) => check is null || (check.Measures?.Any(IsHole) ?? false);

    private static bool IsHole(Measure? measure) => measure is null || !double.IsFinite(measure.Value) || !double.IsFinite(measure.Limit ?? 0);

    private static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    // We leave nulls out, so a field that may be null may be missing. The serializer by itself wants every parameter without a default.
    private static void NullableMayBeMissing(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (property.AssociatedParameter is { IsNullable: true })
                property.IsRequired = false;
    }

    private static void CopyFields(JsonElement from, Utf8JsonWriter to)
    {
        foreach (var field in from.EnumerateObject())
            field.WriteTo(to);
    }
}

/// <summary>How documents look as JSON: camelCase names, kebab-case words, a missing value left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(WordConverter<ClockState>), typeof(WordConverter<PresenceState>), typeof(WordConverter<CallPhase>),
        typeof(WordConverter<Verdict>), typeof(WordConverter<Severity>), typeof(WordConverter<KitHealth>), typeof(WordConverter<LessonVerdict>), typeof(WordConverter<Outcome>)])]
[JsonSerializable(typeof(Stamp))]
[JsonSerializable(typeof(Presence))]
[JsonSerializable(typeof(About))]
[JsonSerializable(typeof(CallStatus))]
[JsonSerializable(typeof(KitEvent))]
[JsonSerializable(typeof(HealthStatus))]
[JsonSerializable(typeof(Selftest))]
[JsonSerializable(typeof(Metrics))]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(ShowMessage))]
[JsonSerializable(typeof(SetLogLevel))]
[JsonSerializable(typeof(Reply))]
public sealed partial class WireJson : JsonSerializerContext;

/// <summary>An enum as a kebab-case word; a number or an unknown word is refused.</summary>
public sealed class WordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
