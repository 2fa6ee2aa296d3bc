using ClassContact.Kit.Health;
using ClassContact.Kit.Sound;
using ClassContact.Kit.Speakerphone;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Sound;

public class MicrophoneChecksTests
{
    [Fact]
    public async Task A_voice_passes() => await Finds(Verdict.Pass, null, Pcm.Tone(300, TimeSpan.FromSeconds(1), -30));

    [Fact]
    public async Task A_microphone_that_gives_only_zeros_is_silent() => await Finds(Verdict.Fail, "silent", new short[Pcm.Rate]);

    [Fact]
    public async Task A_click_while_it_opens_is_no_sound()
    {
        var samples = new short[Pcm.Rate];
        samples[100] = short.MaxValue;
        await Finds(Verdict.Fail, "silent", samples);
    }

    [Fact]
    public async Task A_whisper_is_too_low() => await Finds(Verdict.Warn, "too-low", Pcm.Tone(300, TimeSpan.FromSeconds(1), -70));

    [Theory]
    [InlineData(SoundException.NotOpened, Verdict.Fail)]
    [InlineData(SoundException.Hangs, Verdict.Fail)]
    [InlineData(SoundException.NotInstalled, Verdict.CannotTell)]
    public async Task What_goes_wrong_is_a_finding(string reason, Verdict verdict)
    {
        var finding = await Look(new Heard(() => throw new SoundException(reason, "of no interest")));
        Assert.Equal((verdict, reason), (finding.Verdict, finding.Reason));
    }

    [Fact]
    public async Task A_kit_without_a_speakerphone_opens_no_microphone()
    {
        var check = MicrophoneChecks.Level(new Heard(() => throw new InvalidOperationException("opened")), new SpeakerphoneSettings(Absent: true));
        Assert.Equal(Verdict.Skipped, (await check.Look(CancellationToken.None)).Verdict);
    }

    [Fact]
    public void Only_a_person_at_the_kit_opens_the_microphone() => Assert.True(MicrophoneChecks.Level(new Heard(() => []), new()).OnlyInDiagnosis);

    private static async Task Finds(Verdict verdict, string? reason, short[] samples)
    {
        var finding = await Look(new Heard(() => samples));
        Assert.Equal((verdict, reason), (finding.Verdict, finding.Reason));
        Assert.Equal(("dB", (double?)-60), (finding.Measures[0].Unit, finding.Measures[0].Limit));
    }

    private static Task<Finding> Look(ISound sound) =>
        CheckRun.Once(MicrophoneChecks.Level(sound, new()), TimeProvider.System, e => Assert.Fail($"{e}"), CancellationToken.None);

    private sealed class Heard(Func<short[]> recording) : ISound
    {
        public Task<IReadOnlyList<SoundDevice>> List(CancellationToken ct) => throw new NotSupportedException();

        public Task<short[]> Record(TimeSpan length, CancellationToken ct) => Task.FromResult(recording());

        public Task Play(short[] samples, CancellationToken ct) => throw new NotSupportedException();
    }
}
