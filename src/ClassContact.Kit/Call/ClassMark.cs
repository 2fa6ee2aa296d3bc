using System.Globalization;
using System.Text;
using System.Threading.Channels;
using ClassContact.Kit.Native;
using ClassContact.Kit.Tools;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Call;

/// <summary>
/// A file that is on the disk while a class is open: a kit that lost its power in one finds it, and offers to resume. It is no consent, and opens nothing.
/// The disk is never on the teacher's way: <see cref="Run"/> writes, and what it cannot write costs only that offer.
/// </summary>
public sealed class ClassMark
{
    private readonly string data;
    private readonly string path;
    private readonly TimeProvider time;
    private readonly ILogger log;
    // Of many changes only the last one matters.
    private readonly Channel<bool> wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly long start;
    private readonly TimeSpan offered;
    private volatile bool isAnswered;
    private bool? written; // by this agent; null for not yet

    /// <param name="data">The kit's folder for what outlasts a reboot.</param>
    /// <param name="time">Tells how old a mark is.</param>
    /// <param name="log">Gets what cannot be read or written.</param>
    public ClassMark(string data, TimeProvider time, ILogger log)
    {
        (this.data, path, this.time, this.log) = (data, Path.Combine(data, "class-open"), time, log);
        start = time.GetTimestamp();
        offered = Left();
    }

    /// <summary>A class was cut short by the end of this computer, less than <see cref="CallTimes.ConsentLasts"/> ago, and nobody has pressed since.</summary>
    public bool IsLeft => !isAnswered && time.GetElapsedTime(start) < offered;

    /// <summary>The call has changed; returns at once.</summary>
    public void Call(CallState state)
    {
        if (state is CallState.Consented)
            isAnswered = true;
        else if (!isAnswered)
            return; // this agent's first standby: the mark stays for the next start, should the power go again
        var open = state is CallState.Joined;
        if (open == written || state is CallState.Consented and not CallState.Joined)
            return; // while it is being opened, or comes back, all stays as it is
        written = open;
        wanted.Writer.TryWrite(open);
    }

    /// <summary>Writes and takes away until cancelled.</summary>
    public async Task Run(CancellationToken ct)
    {
        await foreach (var open in wanted.Reader.ReadAllAsync(ct))
            await Task.Run(() => Set(open), CancellationToken.None); // a disk that hangs holds up nobody else
    }

    private void Set(bool open)
    {
        try
        {
            if (open)
                WholeFile.Write(path, Encoding.ASCII.GetBytes(time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)));
            else
                File.Delete(path);
            if (OperatingSystem.IsLinux())
                FolderOnDisk.Flush(data); // a teacher who has ended the class may switch off at the plug
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("{File}: that a class is open, or no more, cannot be written: {Reason}", path, e.Message);
        }
    }

    // For how long it is to be offered. A clock that has gone back (its battery is empty) proves nothing: then the full time.
    private TimeSpan Left()
    {
        try
        {
            var written = DateTimeOffset.ParseExact(File.ReadAllText(path), "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            var age = time.GetUtcNow() - written;
            return CallTimes.ConsentLasts - (age > TimeSpan.Zero ? age : TimeSpan.Zero);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return TimeSpan.Zero;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            log.LogWarning("{File}: whether a class was open cannot be read: {Reason}", path, e.Message);
            return TimeSpan.Zero;
        }
    }
}
