using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using NAudio.Wave;
using NAudio.Wave.Alsa;

namespace ClassContact.Kit.Sound.NAudioAlsa;

/// <summary>
/// Sound by NAudio 3 with NAudio.Alsa, which calls Debian's libasound in our own process. Its calls have no deadline, so each runs on a thread that
/// is left behind when it hangs; while one does, no other is begun.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class NAudioSound(string kiosk, TimeProvider time) : ISound
{
    private static readonly WaveFormat Form = new(Pcm.Rate, 16, 1);
    private Task last = Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IReadOnlyList<SoundDevice>> List(CancellationToken ct) => Apart(TimeSpan.Zero, Devices, ct);

    /// <inheritdoc/>
    public Task<short[]> Record(TimeSpan length, CancellationToken ct) => Apart(length, () => Record(Pcm.Samples(length)), ct);

    /// <inheritdoc/>
    public Task Play(short[] samples, CancellationToken ct) => Apart(Pcm.Length(samples.Length), () => Play(samples), ct);

    private static IReadOnlyList<SoundDevice> Devices()
    {
        var recording = AlsaDeviceEnumerator.GetCaptureDevices().Select(d => (d.Name, Description: d.Description.ReplaceLineEndings(" "))).ToList();
        var playing = AlsaDeviceEnumerator.GetPlaybackDevices().Select(d => (d.Name, Description: d.Description.ReplaceLineEndings(" "))).ToList();
        return
        [
            .. recording.Concat(playing).DistinctBy(device => device.Name)
                .Select(device => new SoundDevice(device.Name, device.Description, recording.Contains(device), playing.Contains(device))),
        ];
    }

    private static short[] Record(int samples)
    {
        var recorded = new List<byte>(samples * sizeof(short));
        var done = new TaskCompletionSource<Exception?>();
        using var microphone = new AlsaIn { WaveFormat = Form };
        microphone.DataAvailable += (_, heard) =>
        {
            recorded.AddRange(heard.BufferSpan);
            if (recorded.Count >= samples * sizeof(short))
                microphone.StopRecording(); // from another thread it may wait for ever for the reader, which waits for a sound that does not come
        };
        microphone.RecordingStopped += (_, stopped) => done.TrySetResult(stopped.Exception);
        microphone.StartRecording();
        return done.Task.GetAwaiter().GetResult() is { } trouble
            ? throw new SoundException(SoundException.NotOpened, trouble.Message)
            : MemoryMarshal.Cast<byte, short>(CollectionsMarshal.AsSpan(recorded))[..samples].ToArray();
    }

    private static bool Play(short[] samples)
    {
        var done = new TaskCompletionSource();
        using var loudspeaker = new AlsaOut();
        using var sound = new RawSourceWaveStream(new MemoryStream(MemoryMarshal.AsBytes(samples.AsSpan()).ToArray()), Form);
        loudspeaker.PlaybackStopped += (_, stopped) =>
        {
            if (stopped.Exception is { } trouble)
                done.TrySetException(trouble);
            else
                done.TrySetResult();
        };
        loudspeaker.Init(sound);
        loudspeaker.Play();
        done.Task.GetAwaiter().GetResult();
        return true;
    }

    private async Task<T> Apart<T>(TimeSpan length, Func<T> work, CancellationToken ct)
    {
        if (!last.IsCompleted)
            throw new SoundException(SoundException.Hangs, "an earlier call has not ended");
        PointAt(kiosk);
        var working = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        last = working;
        try
        {
            return await working.WaitAsync(length + Pcm.Patience, time, ct);
        }
        catch (TimeoutException)
        {
            throw new SoundException(SoundException.Hangs, "ALSA did not end in time");
        }
        catch (DllNotFoundException)
        {
            throw new SoundException(SoundException.NotInstalled, "libasound.so.2 is missing: install the Debian package libasound2");
        }
        catch (AlsaException e)
        {
            throw new SoundException(SoundException.NotOpened, e.Message);
        }
    }

    // ALSA's plug-in for PipeWire reads the C library's environment, which .NET's own does not change.
    private static void PointAt(string kiosk) => _ = setenv("PIPEWIRE_RUNTIME_DIR", kiosk, 1);

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setenv(string name, string value, int overwrite);
}
