using System.Text.Json.Serialization;
using ClassContact.Messages;

namespace ClassContact.Agent.Local;

/// <summary>What the agent says of itself to someone at the kit. Nothing in it is secret.</summary>
/// <param name="Kit">The kit's name.</param>
/// <param name="Agent">Version of the agent.</param>
/// <param name="Uptime">Seconds since the agent started.</param>
/// <param name="Call">The call, as the helpdesk sees it.</param>
/// <param name="Browser">Product and version; null while none answers.</param>
/// <param name="Keyboards">How many keyboards with the start key are listened to.</param>
/// <param name="KeyboardNames">Their names.</param>
/// <param name="Health">What the checks have found, as the helpdesk sees it.</param>
/// <param name="Broker">The way to the helpdesk; null for a kit without one.</param>
internal sealed record KitStatus(
    string Kit, string Agent, double Uptime, CallStatus Call, string? Browser, int Keyboards, string KeyboardNames, HealthStatus Health, BrokerStatus? Broker);

/// <summary>The way to the helpdesk.</summary>
/// <param name="Address">Host and port.</param>
/// <param name="Connected">The broker takes what we say.</param>
/// <param name="Trouble">Why not, in words.</param>
/// <param name="EventsWaiting">Events that the broker has not acknowledged, those of earlier starts too.</param>
/// <param name="EventsDropped">Events that found no room, those of earlier starts too.</param>
internal sealed record BrokerStatus(string Address, bool Connected, string? Trouble, int EventsWaiting, long EventsDropped);

/// <summary>The agent's answer at its socket: the request was taken, or why not.</summary>
/// <param name="Error">Why the request was not taken; null when it was.</param>
/// <param name="Status">For a request for the status.</param>
internal sealed record SocketAnswer(string? Error = null, KitStatus? Status = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WordConverter<CallPhase>), typeof(WordConverter<Verdict>), typeof(WordConverter<Severity>), typeof(WordConverter<KitHealth>)])]
[JsonSerializable(typeof(SocketAnswer))]
[JsonSerializable(typeof(KitStatus))]
internal sealed partial class LocalJson : JsonSerializerContext;
