using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace ClassContact.Kit.Sound.Alsa;

/// <summary>Sound by <c>arecord</c> and <c>aplay</c> of Debian's <c>alsa-utils</c>, in children with a deadline: a driver that hangs, hangs a child.</summary>
[SupportedOSPlatform("linux")]
internal sealed class AlsaTools(string kiosk, TimeProvider time) : ISound
{
    private const int MostOfAList = 256 * 1024;
    private const int MostOfAComplaint = 160;

    private static readonly string[] Form = ["-q", "-D", "default", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", Pcm.Rate.ToString(CultureInfo.InvariantCulture)];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SoundDevice>> List(CancellationToken ct)
    {
        var recording = await Names("arecord", ct);
        var playing = await Names("aplay", ct);
        return
        [
            .. recording.Concat(playing).DistinctBy(device => device.Name)
                .Select(device => new SoundDevice(device.Name, device.Description, recording.Contains(device), playing.Contains(device))),
        ];
    }

    /// <inheritdoc/>
    public async Task<short[]> Record(TimeSpan length, CancellationToken ct)
    {
        var samples = Pcm.Samples(length);
        var bytes = await Run("arecord", [.. Form, "-s", samples.ToString(CultureInfo.InvariantCulture)], default, samples * sizeof(short), length, ct);
        return bytes.Length == samples * sizeof(short)
            ? MemoryMarshal.Cast<byte, short>(bytes).ToArray()
            : throw new SoundException(SoundException.NotOpened, $"arecord gave {bytes.Length} bytes of {samples * sizeof(short)}");
    }

    /// <inheritdoc/>
    public Task Play(short[] samples, CancellationToken ct) =>
        Run("aplay", Form, MemoryMarshal.AsBytes(samples.AsSpan()).ToArray(), MostOfAComplaint, Pcm.Length(samples.Length), ct);

    private async Task<List<(string Name, string Description)>> Names(string tool, CancellationToken ct) =>
        [.. AlsaList.Read(Encoding.UTF8.GetString(await Run(tool, ["-L"], default, MostOfAList, TimeSpan.Zero, ct)))];

    /// <summary>Runs a tool to its end, or until it has written <paramref name="most"/> bytes.</summary>
    private async Task<byte[]> Run(string tool, string[] arguments, ReadOnlyMemory<byte> input, int most, TimeSpan length, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(length + Pcm.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        using var process = Start(tool, arguments);
        try
        {
            var complaint = ReadMost(process.StandardError.BaseStream, MostOfAComplaint, either.Token);
            var output = ReadMost(process.StandardOutput.BaseStream, most, either.Token);
            await Write(process.StandardInput, input, either.Token);
            if ((await output).Length == most)
                return await output;
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0 ? await output
                : throw new SoundException(SoundException.NotOpened, $"{tool} ended with {process.ExitCode}: {Encoding.UTF8.GetString(await complaint).Split('\n')[0]}");
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
            throw new SoundException(SoundException.Hangs, $"{tool} did not end in time");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(); // not waited for: in a driver that hangs it only dies when that lets go
        }
    }

    private Process Start(string tool, string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
            Environment = { ["LC_ALL"] = "C", ["PIPEWIRE_RUNTIME_DIR"] = kiosk, ["PIPEWIRE_REMOTE"] = null },
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new SoundException(SoundException.NotInstalled, $"{tool}: {e.Message}");
        }
    }

    private static async Task Write(StreamWriter to, ReadOnlyMemory<byte> input, CancellationToken ct)
    {
        try
        {
            await to.BaseStream.WriteAsync(input, ct);
            to.Close();
        }
        catch (IOException)
        {
            // It ended early; its exit code tells.
        }
    }

    private static async Task<byte[]> ReadMost(Stream stream, int most, CancellationToken ct)
    {
        var bytes = new byte[most];
        return bytes[..await stream.ReadAtLeastAsync(bytes, most, throwOnEndOfStream: false, ct)];
    }
}
