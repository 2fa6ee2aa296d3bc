using System.Diagnostics;
using ClassContact.Classroom;
using ClassContact.Kit.Sound;
using Xunit;

namespace ClassContact.Agent.Tests.Sound;

/// <summary>What holds for every library behind <see cref="SoundLibrary"/>. A build holds one of them; the tests of the other are reported as not run.</summary>
public abstract class SoundContract
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    protected SoundContract(string library) =>
        Assert.SkipUnless(library == SoundLibrary.Name, $"not run: built with KitLibraries={(SoundLibrary.Name == "NAudio" ? "Named" : "System")}");

    [Fact]
    public async Task The_microphone_hears_what_the_loudspeaker_plays_and_otherwise_nothing()
    {
        var folder = Artifacts.Folder(TestContext.Current.TestMethod!.MethodName);
        var page = Path.Combine(folder, "standby.html");
        await File.WriteAllTextAsync(page, "<title>standby</title>");
        await using var kiosk = await Kiosk.Start(folder, new Uri(page).AbsoluteUri, []);
        var sound = SoundLibrary.Of(kiosk.Run, TimeProvider.System);

        var devices = await sound.List(CancellationToken.None);
        Assert.Contains(devices, device => device is { Name: "default", Records: true, Plays: true });

        Assert.True(Loudness.Of(await sound.Record(Second, CancellationToken.None)).IsSilent);

        // A second library for the second direction: NAudio's does one thing at a time.
        var playing = SoundLibrary.Of(kiosk.Run, TimeProvider.System).Play(Pcm.Tone(440, 6 * Second, -10), CancellationToken.None);
        await WaitFor.That("the tone", async () => Heard.In(await sound.Record(Second, CancellationToken.None)), heard => heard.IsTone(440), TimeSpan.FromSeconds(5));
        await playing;
    }

    [Fact]
    public async Task Without_a_sound_server_it_says_so_in_time()
    {
        var empty = Artifacts.Folder(TestContext.Current.TestMethod!.MethodName);
        var watch = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<SoundException>(() => SoundLibrary.Of(empty, TimeProvider.System).Record(Second, CancellationToken.None));
        Assert.Equal(SoundException.NotOpened, failure.Reason);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    private sealed record Heard(double Level, int Upwards)
    {
        public static Heard In(short[] samples) => new(Loudness.Of(samples).Level, samples.Zip(samples.Skip(1)).Count(pair => pair is { First: < 0, Second: >= 0 }));

        // Loud enough, and it crosses zero about as often as the tone does; a busy machine drops some of it.
        public bool IsTone(int hertz) => Level > -40 && Upwards > hertz * 0.7 && Upwards < hertz * 1.3;
    }
}

public sealed class AlsaToolsTests() : SoundContract("ALSA's tools");

public sealed class NAudioTests() : SoundContract("NAudio");
