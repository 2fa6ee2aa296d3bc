using System.Buffers.Binary;

namespace ClassContact.Classroom;

/// <summary>A sound in the classroom, which the kiosk's virtual microphone hears.</summary>
public static class ClassroomSound
{
    private const int Rate = 16_000; // samples a second
    private const int Seconds = 60;

    /// <summary>Plays chirps for a minute, or until disposed: what changes all the time is not taken for noise and suppressed.</summary>
    public static async Task<ChildProcess> Play(string folder, Kiosk kiosk)
    {
        var file = Path.Combine(folder, "chirps.wav");
        await File.WriteAllBytesAsync(file, Wav());
        return ChildProcess.Start("sound", folder, "pw-play", [file], new Dictionary<string, string?> { ["PIPEWIRE_RUNTIME_DIR"] = kiosk.Run });
    }

    // Each half second from 300 Hz to 3 kHz, as speech, at half of the full level.
    private static byte[] Wav()
    {
        var wav = new byte[44 + (Rate * Seconds * 2)];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1); // mono
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), wav.Length - 44);
        for (var i = 0; i < Rate * Seconds; i++)
        {
            var t = i % (Rate / 2) / (double)Rate;
            BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(44 + (i * 2)), (short)(16_000 * Math.Sin(2 * Math.PI * ((300 * t) + (2700 * t * t)))));
        }
        return wav;
    }
}
