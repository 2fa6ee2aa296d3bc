using System.Text.Json.Serialization;
using ClassContact.Messages;

namespace ClassContact.Kit.Bundle;

/// <summary>What a bundle says of itself: <c>manifest.json</c>, the first file in it.</summary>
/// <param name="V">Version of this shape; within it fields are only added.</param>
/// <param name="Kit">The kit's name; empty where the settings do not tell it.</param>
/// <param name="At">When it was made, UTC by the kit's clock.</param>
/// <param name="Clock">Whether <paramref name="At"/> can be trusted.</param>
/// <param name="Agent">Version of this program.</param>
/// <param name="LimitBytes">More than that, unpacked, was not to be in it.</param>
/// <param name="Holds">What is in it.</param>
/// <param name="Missing">What could not be read, and why.</param>
public sealed record Manifest(
    int V, string Kit, DateTimeOffset At, ClockState Clock, string Agent, int LimitBytes, IReadOnlyList<ManifestEntry> Holds, IReadOnlyList<ManifestGap> Missing);

/// <summary>One file of a bundle.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="LeftOut">Lines and values of it that were left out because they held a secret.</param>
/// <param name="Cut">Older lines found no room.</param>
public sealed record ManifestEntry(string Name, int Bytes, int LeftOut = 0, bool Cut = false);

/// <summary>Something that is not in a bundle.</summary>
/// <param name="What">What it would have been: <c>journal</c>.</param>
/// <param name="Why">As a code: <c>unreadable</c>, <c>not-there</c>, <c>empty</c>, <c>no-agent</c>, <c>no-journalctl</c>, <c>too-slow</c>, <c>too-much</c>,
/// <c>failed</c>, <c>disk</c>, <c>no-database</c>, <c>in-use</c> (it lags behind the agent that has it open, or had until it broke off), <c>secrets-unknown</c> (a
/// secret cannot be read, so nobody can tell whether a text holds it).</param>
public sealed record ManifestGap(string What, string Why);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, Converters = [typeof(WordConverter<ClockState>)])]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
