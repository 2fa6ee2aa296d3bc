using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using ClassContact.Kit.Health;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClassContact.Kit.Tests.Health;

[SupportedOSPlatform("linux")]
public sealed partial class HotplugTests
{
    // Any device will do that is on every machine and does nothing when its event is asked for.
    private const string Null = "/sys/class/mem/null/uevent";

    // Names and values captured in a virtual machine with Debian 12's kernel, its driver vivid loaded; laid out as lib/kobject_uevent.c does.
    private const string CameraAdded =
        "add@/devices/platform/vivid.0/video4linux/video0\0ACTION=add\0DEVPATH=/devices/platform/vivid.0/video4linux/video0\0" +
        "SUBSYSTEM=video4linux\0MAJOR=81\0MINOR=0\0DEVNAME=video0\0SEQNUM=656\0";

    [Fact]
    public void A_camera_that_comes_is_of_video4linux() => Assert.Equal("video4linux", HotplugEvent.Subsystem(Encoding.UTF8.GetBytes(CameraAdded)));

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("\0\0\0")]
    [InlineData("add@/devices/x")]
    [InlineData("add@/devices/x\0SUBSYSTEM=usb")] // cut off: it may go on
    [InlineData("@/devices/x\0SUBSYSTEM=usb\0")]
    [InlineData("add/devices/x\0SUBSYSTEM=usb\0")]
    [InlineData("libudev\0\u00fe\u00ed\u00ca\u00feSUBSYSTEM=usb\0")]
    [InlineData("add@/devices/x\0MYSUBSYSTEM=usb\0ACTION=add\0")]
    public void What_is_no_event_of_the_kernels_has_no_subsystem(string message) => Assert.Null(HotplugEvent.Subsystem(Encoding.Latin1.GetBytes(message)));

    [Fact]
    public void However_it_is_cut_nothing_breaks() => Assert.All(
        Enumerable.Range(0, CameraAdded.Length), length => _ = HotplugEvent.Subsystem(Encoding.UTF8.GetBytes(CameraAdded).AsSpan(0, length)));

    [Theory]
    [InlineData("usb", Wakes.Device)]
    [InlineData("video4linux", Wakes.Device)]
    [InlineData("sound", Wakes.Device)]
    [InlineData("input", Wakes.Device)]
    [InlineData("drm", Wakes.Display)]
    [InlineData("power_supply", Wakes.Power)]
    [InlineData("block", Wakes.None)]
    [InlineData("USB", Wakes.None)]
    [InlineData("", Wakes.None)]
    public void A_subsystem_wakes_what_is_about_it(string subsystem, Wakes wakes) => Assert.Equal(wakes, HotplugEvent.Wakes(subsystem));

    [Fact]
    public void Events_close_together_wake_once_and_once_more_when_the_sound_server_has_had_its_time()
    {
        FakeTime time = new();
        List<(TimeSpan, Wakes)> told = [];
        var begin = time.Monotonic;
        using HotplugPause pause = new(wakes => told.Add((time.Monotonic - begin, wakes)), time);
        pause.Add(Wakes.None);
        pause.Add(Wakes.Device);
        time.Advance(TimeSpan.FromMilliseconds(400));
        pause.Add(Wakes.Display | Wakes.Power);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([(HotplugPause.Soon, Wakes.Device | Wakes.Display | Wakes.Power), (HotplugPause.Soon + HotplugPause.Later, Wakes.Device | Wakes.Display)], told);
        Assert.Null(time.NextTimer);
    }

    [Fact]
    public void Power_and_network_wake_only_once()
    {
        FakeTime time = new();
        List<Wakes> told = [];
        using HotplugPause pause = new(told.Add, time);
        pause.Add(Wakes.Power | Wakes.Network);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([Wakes.Power | Wakes.Network], told);
        Assert.Null(time.NextTimer);
    }

    [Fact]
    public void A_camera_that_comes_and_goes_without_end_wakes_twice_a_second_at_most()
    {
        FakeTime time = new();
        var told = 0;
        using HotplugPause pause = new(_ => told++, time);
        for (var i = 0; i < 1000; i++)
        {
            pause.Add(Wakes.Device);
            time.Advance(TimeSpan.FromMilliseconds(10));
        }
        Assert.InRange(told, 10, 20);
    }

    [Fact]
    public async Task An_event_of_the_real_kernel_wakes_and_nothing_else_does()
    {
        Assert.SkipUnless(CanProvoke(), "only root with a writable /sys can provoke an event");
        ConcurrentQueue<Wakes> told = [];
        using ManualResetEventSlim listening = new();
        using CancellationTokenSource stop = new();
        FakeTime time = new();
        Hotplug hotplug = new(told.Enqueue, time, NullLogger.Instance) { Wakes = subsystem => subsystem == "mem" ? Wakes.Device : Wakes.None, Listening = listening.Set };
        var run = hotplug.Run(stop.Token);
        Assert.True(listening.Wait(TimeSpan.FromSeconds(20)));
        Assert.Null(time.NextTimer);

        File.WriteAllText(Null, "change");
        await Keys.Listening.Until(() => time.NextTimer is not null);
        Assert.Empty(told);
        time.Advance(HotplugPause.Soon);
        Assert.Contains(Wakes.Device, told.Select(wakes => wakes & Wakes.Device)); // the machine's network may change meanwhile

        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void What_another_process_sends_is_not_believed()
    {
        using var socket = HotplugSocket.TryOpen(out var why);
        Assert.True(socket is not null, why);
        Assert.SkipUnless(Spoof(Encoding.UTF8.GetBytes(CameraAdded), Environment.ProcessId), "the system lets nobody but root try");
        Assert.Equal(Wakes.None, socket.Read(HotplugEvent.Wakes));
    }

    [Fact]
    public async Task It_ends_when_told_to_although_it_sleeps_without_a_limit()
    {
        using ManualResetEventSlim listening = new();
        using CancellationTokenSource stop = new();
        var run = new Hotplug(_ => { }, TimeProvider.System, NullLogger.Instance) { Wakes = _ => Wakes.None, Listening = listening.Set }.Run(stop.Token);
        Assert.True(listening.Wait(TimeSpan.FromSeconds(20)));
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static bool CanProvoke()
    {
        try
        {
            File.WriteAllText(Null, "change");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The kernel gives a process's first netlink socket the process's id as its port; any other has another.
    private static bool Spoof(byte[] message, int port)
    {
        using var socket = HotplugSocket.TryOpen(out _)!;
        Span<uint> to = [16, (uint)port, 0];
        return SendTo(socket.Descriptor, ref message[0], (nuint)message.Length, 0, ref to[0], 12) == message.Length;
    }

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    private static partial nint SendTo(int fd, ref byte buffer, nuint count, int flags, ref uint to, int length);
}
