using System.Collections.Immutable;
using System.Text.Json;

namespace ClassContact.Kit.Quality;

/// <summary>What a meeting's page has counted of its sound and picture since it was opened: every connection's streams, and the way they go. Never an address.</summary>
public sealed record CallCounters
{
    /// <summary>A page is not believed beyond this: 2^53 is where a script's whole numbers end.</summary>
    private const double Most = 9007199254740992;

    /// <summary>A page that tells of more than this is not a class.</summary>
    private const int MostStreams = 64;

    internal ImmutableArray<StreamCounters> Streams { get; private init; } = [];

    /// <summary>To the other end and back, s, by the connections' own checks; the longest of several.</summary>
    internal double? RoundTrip { get; private init; }

    /// <summary>Whether any of it goes by a relay (TURN).</summary>
    internal bool? Relay { get; private init; }

    /// <summary>Whether any of it goes by TCP.</summary>
    internal bool? Tcp { get; private init; }

    /// <summary>Reads what <c>counters.js</c> returned; null when it is nothing of the kind. A page can return anything: what is no number counts as missing.</summary>
    public static CallCounters? Of(JsonElement told)
    {
        if (told.ValueKind is not JsonValueKind.Object)
            return null;
        var ways = List(told, "ways").Select(way => (RoundTrip: Number(way, "roundTrip"), Relay: Bool(way, "relay"), Tcp: Bool(way, "tcp"))).ToList();
        return new()
        {
            Streams = [.. List(told, "streams").Select(Stream).OfType<StreamCounters>().DistinctBy(s => s.Key)],
            RoundTrip = ways.Max(way => way.RoundTrip),
            Relay = ways.Max(way => way.Relay),
            Tcp = ways.Max(way => way.Tcp),
        };
    }

    private static StreamCounters? Stream(JsonElement told) => Key(told) is not { } key || Bool(told, "sent") is not { } sent || Bool(told, "picture") is not { } picture ? null : new()
    {
        Key = key, IsSent = sent, IsPicture = picture,
        Packets = Number(told, "packets"), Bytes = Number(told, "bytes"), Lost = Number(told, "lost"),
        Frames = Number(told, "frames"), Encoded = Number(told, "encoded"), Dropped = Number(told, "dropped"),
        Freezes = Number(told, "freezes"), Frozen = Number(told, "frozen"),
        Concealed = Number(told, "concealed"), Samples = Number(told, "samples"),
        Energy = Number(told, "energy"), Heard = Number(told, "heard"),
        Resends = Number(told, "resends"), Restarts = Number(told, "restarts"),
        Width = Number(told, "width"), Height = Number(told, "height"), Jitter = Number(told, "jitter"), RoundTrip = Number(told, "roundTrip"),
    };

    private static IEnumerable<JsonElement> List(JsonElement told, string name) =>
        told.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array
            ? list.EnumerateArray().Take(MostStreams).Where(item => item.ValueKind is JsonValueKind.Object) : [];

    private static int? Key(JsonElement told) =>
        told.TryGetProperty("key", out var key) && key.ValueKind is JsonValueKind.Number && key.TryGetInt32(out var number) ? number : null;

    private static double? Number(JsonElement told, string name) =>
        told.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and <= Most ? number : null;

    private static bool? Bool(JsonElement told, string name) => told.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    } : null;
}
