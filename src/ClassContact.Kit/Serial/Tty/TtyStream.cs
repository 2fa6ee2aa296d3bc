using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ClassContact.Kit.Native;
using Microsoft.Win32.SafeHandles;

namespace ClassContact.Kit.Serial.Tty;

/// <summary>A serial line by coreutils' <c>stty</c> and a file. The kernel ends a read after a second of silence, and we look whether to go on.</summary>
[SupportedOSPlatform("linux")]
internal sealed class TtyStream(string path, FileStream file) : Stream
{
    // Raw: no echo, no signals, no flow control, nothing translated. clocal: no modem, so do not wait for its carrier. time counts in 0.1 s.
    private static readonly string[] Form = ["raw", "-echo", "cs8", "-parenb", "-cstopb", "-crtscts", "clocal", "min", "0", "time", "10"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override bool CanRead => file.CanRead;

    /// <inheritdoc/>
    public override bool CanWrite => file.CanWrite;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc cref="SerialLine.Open"/>
    internal static async Task<Stream> Open(string path, int baud, TimeProvider time, CancellationToken ct)
    {
        await Set(path, baud, time, ct);
        // Without the flag the agent, leader of its session, would take the line as its terminal and be hung up with it.
        var handle = new SafeFileHandle(Libc.Open(path, Libc.ReadWrite | Libc.NoTerminal | Libc.CloseOnExec), ownsHandle: true);
        return handle.IsInvalid
            ? throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}")
            : new TtyStream(path, new FileStream(handle, FileAccess.ReadWrite, bufferSize: 0));
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var read = await file.ReadAsync(buffer, cancellationToken);
            if (read > 0 || IsHungUp() || !File.Exists(path))
                return read;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => file.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => file.Write(buffer, offset, count);

    /// <inheritdoc/>
    public override void Flush()
    {
        // nothing is kept back
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    // The path alone does not tell: another device may have come in the place of the one that was pulled out, and reads of that no longer wait.
    private bool IsHungUp()
    {
        var asked = new Libc.PollFd { Fd = (int)file.SafeFileHandle.DangerousGetHandle() };
        return Libc.Poll(ref asked, 1, 0) > 0;
    }

    private static async Task Set(string path, int baud, TimeProvider time, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        using var stty = Start(path, baud);
        try
        {
            var complaint = await stty.StandardError.ReadToEndAsync(either.Token);
            await stty.WaitForExitAsync(either.Token);
            if (stty.ExitCode != 0)
                throw new IOException(complaint.Split('\n')[0]);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            stty.Kill();
            ct.ThrowIfCancellationRequested();
            throw new IOException($"{path}: stty did not end in time");
        }
    }

    private static Process Start(string path, int baud)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("stty", ["-F", path, baud.ToString(CultureInfo.InvariantCulture), .. Form])
            {
                RedirectStandardError = true,
                Environment = { ["LC_ALL"] = "C" },
            })!;
        }
        catch (Win32Exception e)
        {
            throw new IOException($"stty: {e.Message}", e);
        }
    }
}
