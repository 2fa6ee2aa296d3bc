using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ClassContact.Kit.Keys;
using ClassContact.Kit.Native;
using Xunit;

namespace ClassContact.Kit.Tests.Keys;

[SupportedOSPlatform("linux")]
public partial class EvdevOpenerTests
{
    [Theory]
    [InlineData("F9", "F10", null, true)]
    [InlineData("F9", "F24", null, true)]
    [InlineData("F23", "F24", null, false)]
    [InlineData("F9", "F10", "logi", true)]
    [InlineData("F9", "F10", "Cherry", false)]
    public void A_keyboard_has_all_keys_of_a_chord_and_the_name(string start, string end, string? keyboard, bool wanted)
    {
        var keys = new byte[96];
        foreach (var code in new[] { Recording.F8, Recording.F9, Recording.F10 })
            keys[code / 8] |= (byte)(1 << (code % 8));
        Assert.Equal(wanted, new EvdevOpener(Chord.Parse(start), Chord.Parse(end), keyboard).IsWanted(keys, "Logitech USB Keyboard"));
    }

    // The values that linux/input.h gives on x86-64 and arm64.
    [Fact]
    public void The_requests_are_the_kernels()
    {
        Assert.Equal(0x400445a0u, EvdevRequest.SetClock);
        Assert.Equal(0x81004506u, EvdevRequest.Name(256));
        Assert.Equal(0x80604518u, EvdevRequest.KeysDown(96));
        Assert.Equal(0x80604521u, EvdevRequest.Has(1, 96));
    }

    [Fact]
    public void A_node_without_permission_says_so_and_a_missing_one_is_gone()
    {
        var opener = new EvdevOpener(Chord.Parse("F9"), Chord.Parse("F10"), null);
        var folder = Directory.CreateTempSubdirectory("classcontact-keys-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        using (var pipe = new PipeKeyboard(folder, "event0", mode: 0))
            Assert.IsType<Opening.NoPermission>(PipeKeyboard.AsNobody(() => opener.Open(Path.Combine(folder, "event0"))));
        Assert.IsType<Opening.Gone>(opener.Open(Path.Combine(folder, "event1")));
        Directory.Delete(folder, recursive: true);
    }

    // Events are stamped by CLOCK_MONOTONIC, and pending strokes are judged by the TimeProvider: they must be one clock.
    [Fact]
    public void The_systems_timestamps_are_those_of_the_monotonic_clock()
    {
        var before = TimeProvider.System.GetElapsedTime(0);
        Assert.Equal(0, GetClock(EvdevRequest.MonotonicClock, out var clock));
        var after = TimeProvider.System.GetElapsedTime(0);
        var monotonic = TimeSpan.FromSeconds(clock.Seconds) + TimeSpan.FromTicks(clock.Nanoseconds / TimeSpan.NanosecondsPerTick);
        Assert.InRange(monotonic, before, after);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetClock(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
