using System.Text.Json;
using System.Text.Json.Serialization;
using ClassContact.Messages;
using ClassContact.Messages.Reading;

namespace ClassContact.Agent.Watch;

/// <summary>One kit as <c>watch --json</c> writes it: what the kit said, as it said it, and how far that can be trusted.</summary>
/// <param name="Kit">Its name.</param>
/// <param name="Freshness">unknown, live, age-unknown or stale, by the reader's own clock.</param>
/// <param name="HeardAgo">Seconds since its presence came; null for one that the broker had kept.</param>
/// <param name="Presence">As last said, also when that is stale.</param>
/// <param name="PresenceAt">UTC by the kit's clock.</param>
/// <param name="Clock">Whether that clock can be trusted.</param>
/// <param name="Call">The state in one word.</param>
/// <param name="CallIsCurrent">False when the call's state was said by an agent that has been restarted since.</param>
/// <param name="Since">Since when, UTC by the kit's clock.</param>
/// <param name="Cause">Why, as a code.</param>
/// <param name="Missing">What of the kit's own does not reach the meeting.</param>
/// <param name="Receipt">How the last launch went.</param>
/// <param name="Health">What the checks have found, as the kit said it.</param>
/// <param name="HealthIsCurrent">False when that was said by an agent that has been restarted since.</param>
/// <param name="FaultAge">Seconds for which the worst fault has lasted: by the kit's own clock up to its word, by the reader's from then on; null for none.</param>
/// <param name="Help">Its last call for help since we listen, as the kit said it.</param>
/// <param name="HelpAgo">Seconds since that came.</param>
/// <param name="About">Versions, school and room.</param>
/// <param name="Unreadable">Documents under its topics that could not be read.</param>
internal sealed record KitLine(
    string Kit, Freshness Freshness, double? HeardAgo, PresenceState? Presence, DateTimeOffset? PresenceAt, ClockState? Clock, CallPhase? Call,
    bool CallIsCurrent, DateTimeOffset? Since, string? Cause, IReadOnlyList<string>? Missing, LaunchReceipt? Receipt,
    HealthStatus? Health, bool HealthIsCurrent, double? FaultAge, KitEvent? Help, double? HelpAgo, About? About, int Unreadable)
{
    internal static KitLine From(KitSight kit, TimeSpan now) => new(
        kit.Kit.ToString(), kit.At(now), kit.IsHeardLive ? Math.Round((now - kit.HeardAt).TotalSeconds, 1) : null,
        kit.Presence?.Body.State, kit.Presence?.Stamp.At, kit.Presence?.Stamp.Clock,
        kit.Call?.Body.State, kit.IsCallOfThisStart, kit.Call?.Body.Since, kit.Call?.Body.Cause, kit.Call?.Body.Missing, kit.Call?.Body.Receipt,
        kit.Health?.Body, kit.IsHealthOfThisStart, kit.WorstAge(now) is { } age ? Math.Round(age.TotalSeconds, 1) : null,
        kit.LastHelp?.Body, kit.LastHelp is null ? null : Math.Round((now - kit.HelpCalledAt).TotalSeconds, 1), kit.About?.Body, kit.Unreadable);

    /// <summary>One line of JSON, without its end.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, KitLineJson.Default.KitLine);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(WordConverter<ClockState>), typeof(WordConverter<PresenceState>), typeof(WordConverter<CallPhase>), typeof(WordConverter<Freshness>),
        typeof(WordConverter<Verdict>), typeof(WordConverter<Severity>), typeof(WordConverter<KitHealth>)])]
[JsonSerializable(typeof(KitLine))]
internal sealed partial class KitLineJson : JsonSerializerContext;
