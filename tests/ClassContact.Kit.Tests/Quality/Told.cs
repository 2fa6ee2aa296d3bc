using System.Text.Json;
using System.Text.Json.Nodes;
using ClassContact.Kit.Quality;

namespace ClassContact.Kit.Tests.Quality;

/// <summary>What counters.js tells, written by hand.</summary>
internal static class Told
{
    internal static JsonObject Stream(int key, bool sent, bool picture, params ReadOnlySpan<(string Name, double Value)> numbers)
    {
        var stream = new JsonObject { ["key"] = key, ["sent"] = sent, ["picture"] = picture };
        foreach (var (name, value) in numbers)
            stream[name] = value;
        return stream;
    }

    internal static CallCounters Counters(params JsonObject[] streams) => CountersBy(new JsonObject { ["roundTrip"] = 0.05, ["relay"] = false, ["tcp"] = false }, streams);

    internal static CallCounters CountersBy(JsonObject way, params JsonObject[] streams) =>
        Of(new JsonObject { ["streams"] = new JsonArray([.. streams]), ["ways"] = new JsonArray(way) }.ToJsonString())!;

    internal static CallCounters? Of(string json) => CallCounters.Of(JsonDocument.Parse(json).RootElement);

    internal static Dictionary<string, double> Figures(CallCounters before, CallCounters after, double seconds) =>
        QualityFigures.Of(QualitySample.Between(before, after, TimeSpan.FromSeconds(seconds))).ToDictionary(m => m.Name["classcontact.call.".Length..], m => m.Value);
}
