using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ClassContact.Kit.Native;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Keys;

/// <summary>
/// Listens for the chords on every wanted keyboard, those plugged in later too. One thread reads all of them and sleeps in
/// poll(2): it wakes for a key of a wanted keyboard, a pending stroke, a change in the folder, and once a minute.
/// </summary>
/// <param name="settings">Valid ones: <see cref="KeySettings.Problems"/> is empty.</param>
/// <param name="inputFolder">Where the nodes are: <c>/dev/input</c>.</param>
/// <param name="onStroke">Told of every stroke, on the reading thread: it must return at once.</param>
/// <param name="onKeyboards">Told of the keyboards after the first look and after every change, on the same thread.</param>
/// <param name="time">Its timestamps are those of CLOCK_MONOTONIC, as <see cref="TimeProvider.System"/>'s are on Linux.</param>
/// <param name="log">Gets node and device names, never a key.</param>
[SupportedOSPlatform("linux")]
public sealed class KeysWorker(
    KeySettings settings, string inputFolder, Action<KeyStroke> onStroke, Action<KeyboardsPresent> onKeyboards, TimeProvider time, ILogger log)
{
    /// <summary>How often all nodes are looked at although no change was told: a belt, as nothing is known to slip past inotify.</summary>
    internal static readonly TimeSpan SlowLook = TimeSpan.FromSeconds(60);

    /// <summary>The same while the folder cannot be watched: it comes with the first device, and a teacher who plugs it in waits.</summary>
    internal static readonly TimeSpan UnwatchedLook = TimeSpan.FromSeconds(5);

    // Places in the set that poll(2) waits on; the keyboards follow.
    private const int WakePlace = 0;
    private const int FolderPlace = 1;
    private const int FirstKeyboard = 2;

    private readonly IReadOnlyList<KeyChord> chords = settings.Chords();
    private readonly byte[] buffer = new byte[64 * InputEvent.Size]; // the kernel keeps 64 events for a keyboard (EVDEV_MIN_BUFFER_SIZE)
    private KeyboardsPresent? told;
    private TimeSpan nextLook;
    private long turns;

    /// <summary>How often it has turned, which is once a minute at least: what shows that it does not hang.</summary>
    public long Turns => Volatile.Read(ref turns);

    /// <summary>Opens a node by its path. Tests give pipes where there are no devices.</summary>
    internal Func<string, Opening> Open { get; init; } = DefaultOpen(settings);

    /// <summary>Listens until it is cancelled; then all devices are closed.</summary>
    /// <exception cref="IOException">The system grants no descriptor to wait on.</exception>
    public Task Run(CancellationToken ct) =>
        Task.Factory.StartNew(() => Listen(ct), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private TimeSpan Now => time.GetElapsedTime(0);

    private void Listen(CancellationToken ct)
    {
        using var wake = new Wake();
        using var stop = ct.Register(wake.Signal);
        using var timer = time.CreateTimer(_ => wake.Signal(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var folder = new InputFolder(inputFolder);
        using var keyboards = new Keyboards(inputFolder, Open, () => new(chords), log);
        nextLook = Now;
        while (!ct.IsCancellationRequested)
        {
            Volatile.Write(ref turns, turns + 1);
            if (Now >= nextLook)
                LookAtAll(folder, keyboards);
            Tell(keyboards.Present);
            var ready = keyboards.Ready;
            var past = Now;
            var returned = Wait(wake, folder, ready, Arm(timer, keyboards));
            if (returned[WakePlace] != 0)
                wake.Clear();
            Read(keyboards, ready, returned, past);
            if (returned[FolderPlace] != 0)
                Follow(folder, keyboards);
        }
    }

    // Watching comes before looking, so that nothing falls between.
    private void LookAtAll(InputFolder folder, Keyboards keyboards)
    {
        folder.Watch();
        keyboards.LookAtAll(folder.Nodes());
        nextLook = Now + (folder.IsWatched ? SlowLook : UnwatchedLook);
    }

    private void Follow(InputFolder folder, Keyboards keyboards)
    {
        foreach (var (change, node) in folder.Changes())
        {
            if (change == NodeChange.LookAtAll)
                nextLook = Now;
            else if (change == NodeChange.Gone)
                keyboards.Forget(node);
            else
                keyboards.Look(node);
        }
    }

    // What is due is judged by the time before the wait: whatever a key did until then has been read by now, however slow the machine.
    private void Read(Keyboards keyboards, IReadOnlyList<(string Node, Keyboard Keyboard)> ready, short[] returned, TimeSpan past)
    {
        var now = Now;
        for (var i = 0; i < ready.Count; i++)
        {
            var (node, keyboard) = ready[i];
            var end = returned[FirstKeyboard + i] == 0 ? ReadEnd.Drained : keyboard.Read(buffer, now, onStroke);
            if (end == ReadEnd.Gone)
                keyboards.Forget(node);
            else if (end == ReadEnd.Drained)
                keyboard.Tick(past, onStroke);
        }
    }

    private void Tell(KeyboardsPresent present)
    {
        if (present == told)
            return;
        told = present;
        onKeyboards(present);
    }

    // True when the next thing to do is still to come; the timer then ends the wait.
    private bool Arm(ITimer timer, Keyboards keyboards)
    {
        var due = (keyboards.Deadline is { } deadline && deadline < nextLook ? deadline : nextLook) - Now;
        if (due <= TimeSpan.Zero)
            return false;
        // Timers count whole milliseconds: rounded down, the last one would be spent in a busy loop.
        timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(due.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        return true;
    }

    private static short[] Wait(Wake wake, InputFolder folder, IReadOnlyList<(string Node, Keyboard Keyboard)> ready, bool wait)
    {
        int[] descriptors = [wake.Descriptor, folder.Descriptor, .. ready.Select(r => r.Keyboard.Descriptor)];
        var set = Array.ConvertAll(descriptors, fd => new Libc.PollFd { Fd = fd, Events = Libc.Readable });
        var count = Libc.Poll(ref set[0], (nuint)set.Length, wait ? -1 : 0);
        if (count < 0 && Marshal.GetLastPInvokeError() is not Libc.Eintr and var errno)
            throw new IOException($"poll: {Marshal.GetPInvokeErrorMessage(errno)}");
        return Array.ConvertAll(set, polled => count < 0 ? (short)0 : polled.Returned);
    }

    private static Func<string, Opening> DefaultOpen(KeySettings settings) =>
        new EvdevOpener(Chord.Parse(settings.Start), Chord.Parse(settings.End), settings.Keyboard).Open;
}
