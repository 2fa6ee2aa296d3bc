using System.Text.Json;

namespace ClassContact.Classroom;

/// <summary>What has come to a page of others' sound and picture, over the connections that are there now.</summary>
/// <param name="Packets">Of both.</param>
/// <param name="Frames">Pictures that were decoded.</param>
/// <param name="SoundSeconds">So much sound was played, in s; silence counts.</param>
/// <param name="SoundEnergy">Its energy, as WebRTC's statistics define <c>totalAudioEnergy</c>: level squared times s, where 1 is the loudest.</param>
/// <param name="SoundPackets">Of the sound alone; what is played instead of lost ones does not count.</param>
public sealed record Reception(long Packets, long Frames, double SoundSeconds, double SoundEnergy, long SoundPackets)
{
    /// <summary>Asks a page that our hook has seen from its beginning.</summary>
    internal const string Script = """
        (async () => {
          let [packets, frames, seconds, energy, sound] = [0, 0, 0, 0, 0];
          for (const connection of (window[Symbol.for("classcontact")]?.connections ?? []).map((c) => c.deref())) {
            if (!connection || connection.connectionState === "closed") continue;
            for (const part of (await connection.getStats()).values()) {
              if (part.type !== "inbound-rtp") continue;
              packets += part.packetsReceived ?? 0;
              if (part.kind === "audio") sound += part.packetsReceived ?? 0;
              frames += part.framesDecoded ?? 0;
              seconds += part.totalSamplesDuration ?? 0;
              energy += part.totalAudioEnergy ?? 0;
            }
          }
          return [packets, frames, seconds, energy, sound];
        })()
        """;

    internal static Reception Of(JsonElement numbers) =>
        new(numbers[0].GetInt64(), numbers[1].GetInt64(), numbers[2].GetDouble(), numbers[3].GetDouble(), numbers[4].GetInt64());
}
