using System.Diagnostics;
using System.Runtime.Versioning;
using ClassContact.Kit.Serial;
using Xunit;

namespace ClassContact.Kit.Tests.Serial;

/// <summary>What holds for every library behind <see cref="SerialLine"/>. A build holds one of them; the tests of the other are reported as not run.</summary>
[SupportedOSPlatform("linux")]
public abstract class SerialContract : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly byte[] EveryByte = [.. Enumerable.Range(0, 256).Select(n => (byte)n)];
    private readonly Pty pty;

    protected SerialContract(string library)
    {
        Assert.SkipUnless(library == SerialLine.Library, $"not run: built with KitLibraries={(SerialLine.Library == "stty" ? "System" : "Named")}");
        pty = new();
    }

    private protected Pty Pty => pty;

    public void Dispose()
    {
        pty?.Dispose(); // none in a test that is not run
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_byte_of_the_device_arrives_as_it_is()
    {
        await using var line = await Open();
        await Pty.Device.WriteAsync(EveryByte);
        Assert.Equal(EveryByte, await Read(line, EveryByte.Length));
    }

    [Fact]
    public async Task Every_byte_for_the_device_arrives_as_it_is_and_nothing_is_echoed()
    {
        await using var line = await Open();
        await line.WriteAsync(EveryByte);
        Assert.Equal(EveryByte, await Read(Pty.Device, EveryByte.Length));
        await Pty.Device.WriteAsync("!"u8.ToArray());
        Assert.Equal("!"u8.ToArray(), await Read(line, 1));
    }

    [Fact]
    public async Task A_read_that_waits_ends_soon_when_it_is_cancelled()
    {
        await using var line = await Open();
        using var stop = new CancellationTokenSource();
        var reading = line.ReadAsync(new byte[1], stop.Token).AsTask();
        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Patience));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData("/dev/no-such-line")]
    [InlineData("/dev/null")]
    public async Task What_is_no_line_is_an_error_that_names_it(string path)
    {
        var failure = await Assert.ThrowsAnyAsync<IOException>(() => SerialLine.Open(path, 9600, TimeProvider.System, CancellationToken.None));
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_is_pulled_out_ends_the_read()
    {
        await using var line = await Open();
        var reading = line.ReadAsync(new byte[1]).AsTask();
        Pty.Dispose();
        try
        {
            Assert.Equal(0, await reading.WaitAsync(Patience));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The kernel says "input/output error" to some, the end to others, and System.IO.Ports closes the line.
        }
    }

    [Fact]
    public async Task A_line_that_we_may_not_open_says_so()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "not run: root may open everything");
        File.SetUnixFileMode(Pty.Path, UnixFileMode.None);
        var failure = await Assert.ThrowsAnyAsync<Exception>(Open);
        Assert.True(failure is UnauthorizedAccessException || failure.Message.Contains("ermission denied", StringComparison.Ordinal), $"{failure}");
    }

    private protected Task<Stream> Open() => SerialLine.Open(Pty.Path, 9600, TimeProvider.System, CancellationToken.None);

    private static async Task<byte[]> Read(Stream from, int count)
    {
        var bytes = new byte[count];
        await from.ReadExactlyAsync(bytes).AsTask().WaitAsync(Patience);
        return bytes;
    }
}
