using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Call;

/// <summary>
/// The consent of a call in the runtime folder, which a reboot empties: a restarted agent finds the call it was in, a kit that lost power does not.
/// The machine's time in it is that of the boot (CLOCK_MONOTONIC), so it holds across a restart of the agent.
/// </summary>
public sealed class ConsentFile(string folder, ILogger log)
{
    private readonly string path = Path.Combine(folder, "consent.json");

    /// <summary>The launch that was consented; null where there is none, or none that can be read: then nothing is open without a press.</summary>
    /// <param name="now">The machine's time.</param>
    public Launch? Read(TimeSpan now) => TryRead(now, out var launch) ? launch : null;

    /// <summary>The same; false where nobody can tell, because what is there cannot be read.</summary>
    /// <param name="now">The machine's time.</param>
    /// <param name="launch">The launch that was consented; null where there is none.</param>
    public bool TryRead(TimeSpan now, out Launch? launch)
    {
        launch = null;
        try
        {
            var consent = JsonSerializer.Deserialize(File.ReadAllBytes(path), ConsentJson.Default.Consent);
            launch = consent is not null && consent.Boot == Boot && consent.Kept >= TimeSpan.Zero && now - consent.Kept < CallTimes.ConsentLasts ? consent.Launch : null;
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            log.LogError("{File}: the consent cannot be read, so the kit goes to standby: {Reason}", path, e.Message);
            return false;
        }
    }

    /// <summary>Writes the consent; a folder that cannot be written is told and holds up nothing.</summary>
    /// <param name="launch">The press.</param>
    /// <param name="now">The machine's time.</param>
    public void Keep(Launch launch, TimeSpan now) => Try("kept", () =>
    {
        var next = path + ".next";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(new Consent(Boot, now, launch), ConsentJson.Default.Consent));
        File.Move(next, path, overwrite: true);
    });

    /// <summary>Ends the consent.</summary>
    public void Drop() => Try("dropped", () => File.Delete(path));

    // proc(5): random per boot of the kernel; for a runtime folder that, against all custom, survives one.
    private static string Boot => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    private void Try(string what, Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError("{File}: the consent cannot be {What}: {Reason}", path, what, e.Message);
        }
    }
}

/// <summary>What the file holds.</summary>
/// <param name="Boot">The boot of the kernel in which it was written.</param>
/// <param name="Kept">When, by the machine's time.</param>
/// <param name="Launch">The press.</param>
internal sealed record Consent(string Boot, TimeSpan Kept, Launch Launch);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Consent))]
internal sealed partial class ConsentJson : JsonSerializerContext;
