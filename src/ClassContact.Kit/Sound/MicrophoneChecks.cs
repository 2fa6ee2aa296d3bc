using ClassContact.Kit.Health;
using ClassContact.Kit.Speakerphone;
using ClassContact.Messages;

namespace ClassContact.Kit.Sound;

/// <summary>What is checked of the microphone by listening: only in a diagnosis, and nothing of it is kept.</summary>
internal static class MicrophoneChecks
{
    /// <summary>Below it a microphone is too low: dBFS, as Twilio's and Jitsi's own tests have it (facts of the field, selftest).</summary>
    private const double TooLow = -60;

    private const string Absent = "declared-absent";

    private static readonly TimeSpan Listens = TimeSpan.FromSeconds(1);

    // A device that was just opened clicks, or gives nothing yet.
    private static readonly int Opening = Pcm.Samples(TimeSpan.FromSeconds(0.2));

    /// <summary>The microphone hears something.</summary>
    public static Check Level(ISound sound, SpeakerphoneSettings settings) => new(
        "microphone-level", Severity.Degrades, Thing.Speakerphone,
        ["silent", "too-low", SoundException.NotOpened, SoundException.Hangs, SoundException.NotInstalled, Absent],
        ct => settings.Absent ? Task.FromResult(Finding.Skipped(Absent)) : Listen(sound, ct))
    {
        OnlyInDiagnosis = true, DependsOn = ["sound-server", "speakerphone-present", "speakerphone-muted"],
    };

    private static async Task<Finding> Listen(ISound sound, CancellationToken ct)
    {
        try
        {
            var recording = await sound.Record(Listens, ct);
            var heard = Loudness.Of(recording.AsSpan(Math.Min(Opening, recording.Length)));
            var level = new Measure("classcontact.microphone.level", Math.Round(heard.Level, 1), "dB", TooLow);
            return heard.IsSilent ? Finding.Fail("silent", null, level)
                : heard.Level < TooLow ? Finding.Warn("too-low", null, level)
                : Finding.Pass(level);
        }
        catch (SoundException e)
        {
            return e.Reason == SoundException.NotInstalled ? Finding.CannotTell(e.Reason) : Finding.Fail(e.Reason);
        }
    }
}
