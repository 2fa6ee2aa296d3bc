using System.Net.Sockets;
using ClassContact.Classroom;
using ClassContact.KitBench.Usb;

namespace ClassContact.KitBench.Tests.Usb;

/// <summary>What comes over the wire, as a kernel sends it and as no kernel would: an answer or a clear error, and never anything left over.</summary>
public sealed class UsbIpWireTests
{
    private static readonly byte[] AskDevice = [0x80, 6, 0, 1, 0, 0, 64, 0]; // GET_DESCRIPTOR, device, 64 bytes
    private static readonly byte[] AskUnknown = [0x80, 6, 0, 6, 0, 0, 10, 0]; // that of another speed, which it has not

    public static readonly TheoryData<string, byte[]> Wrong = new()
    {
        { "7 is no command of USB/IP", Kernel.Request(command: 7, 1, 1, 0, 0) },
        { "direction 2, endpoint 0: there is none such", Kernel.Request(1, 1, direction: 2, 0, 0) },
        { "direction 0, endpoint 16: there is none such", Kernel.Request(1, 1, 0, endpoint: 16, 0) },
        { "-1 bytes: between 0 and 1048576 were expected", Kernel.Request(1, 1, 1, 1, length: -1) },
        { "2147483647 bytes: between 0 and 1048576 were expected", Kernel.Request(1, 1, 0, 1, length: int.MaxValue) },
        { "2147483647 packets: between -1 and 1024 were expected", Kernel.Request(1, 1, 1, 1, 8, packets: int.MaxValue) },
        { "-2 packets: between -1 and 1024 were expected", Kernel.Request(1, 1, 1, 1, 8, packets: -2) },
        { "a packet lies outside of its 8 bytes", Kernel.Request(1, 1, 1, 2, 8, packets: 1, data: [0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0]) },
        { "a packet lies outside of its 8 bytes", Kernel.Request(1, 1, 1, 2, 8, packets: 1, data: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_no_kernel_says_ends_the_connection_and_is_told_when_the_plug_is_pulled(string told, byte[] said)
    {
        var plug = new UsbPlug(new UsbSpeakerphone());
        using var kernel = await Kernel.Take(plug);
        await kernel.Say(said);
        await kernel.End();
        Assert.Equal(told, (await Assert.ThrowsAsync<InvalidDataException>(() => plug.DisposeAsync().AsTask())).Message);
    }

    [Fact]
    public async Task A_device_tells_what_it_is_in_as_many_bytes_as_were_asked_for_and_refuses_what_it_does_not_know()
    {
        await using var plug = new UsbPlug(new UsbSpeakerphone());
        using var kernel = await Kernel.Take(plug);
        await kernel.Say(Kernel.Request(1, 1, 1, 0, 64, setup: AskDevice));
        var (command, number, status, data) = await kernel.Hear(18);
        Assert.Equal((3u, 1u, 0), (command, number, status));
        Assert.Equal([18, 1, 0x00, 0x02, 0, 0, 0, 64, 0x0e, 0x0b, 0x20, 0x04], data[..12]);
        await kernel.Say(Kernel.Request(1, 2, 1, 0, 8, setup: AskDevice));
        Assert.Equal([18, 1], (await kernel.Hear(8)).Data[..2]);
        await kernel.Say(Kernel.Request(1, 3, 1, 0, 10, setup: AskUnknown));
        Assert.Equal((3u, 3u, -32), await Head(kernel));
    }

    [Fact]
    public async Task A_transfer_that_is_taken_back_gets_no_answer_of_its_own_and_one_that_is_done_says_so()
    {
        await using var plug = new UsbPlug(new UsbCamera(new(TestPicture.Magenta)) { Hangs = true });
        using var kernel = await Kernel.Take(plug);
        await kernel.Say([.. Kernel.Request(1, 1, 1, 1, 512), .. Kernel.Request(1, 2, 1, 1, 512), .. Kernel.TakeBack(3, 2), .. Kernel.TakeBack(4, 1), .. Kernel.TakeBack(5, 1)]);
        Assert.Equal((4u, 3u, -104), await Head(kernel));
        Assert.Equal((4u, 4u, -104), await Head(kernel));
        Assert.Equal((4u, 5u, 0), await Head(kernel));
        await kernel.Say(Kernel.Request(1, 6, 1, 0, 64, setup: AskDevice));
        Assert.Equal(6u, (await kernel.Hear(18)).Number);
    }

    [Fact]
    public async Task A_transfer_that_is_taken_back_before_it_comes_is_not_answered_either()
    {
        await using var plug = new UsbPlug(new UsbCamera(new(TestPicture.Magenta)));
        using var kernel = await Kernel.Take(plug);
        await kernel.Say([.. Kernel.TakeBack(3, 2), .. Kernel.Request(1, 2, 1, 0, 64, setup: AskDevice)]);
        Assert.Equal((4u, 3u, -104), await Head(kernel));
        await kernel.Say(Kernel.Request(1, 4, 1, 0, 64, setup: AskDevice));
        Assert.Equal(4u, (await kernel.Hear(18)).Number);
    }

    [Fact]
    public async Task Taken_back_while_it_is_answered_a_transfer_gets_its_answer_before_it_is_told_that_it_was_done()
    {
        await using var plug = new UsbPlug(new UsbCamera(new(TestPicture.Magenta)));
        using var kernel = await Kernel.Take(plug);
        for (uint number = 1; number < 400; number += 2)
        {
            await kernel.Say([.. Kernel.Request(1, number, 1, 0, 0, setup: [0x80, 8, 0, 0, 0, 0, 0, 0]), .. Kernel.TakeBack(number + 1, number)]);
            var first = await Head(kernel);
            if (first == (4u, number + 1, -104)) continue;
            Assert.Equal((3u, number, 0), first);
            Assert.Equal((4u, number + 1, 0), await Head(kernel));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(47)]
    [InlineData(50)]
    public async Task A_plug_is_pulled_at_once_wherever_the_machine_stopped_to_speak(int after)
    {
        var device = new UsbSpeakerphone();
        var plug = new UsbPlug(device);
        using var kernel = await Kernel.Take(plug);
        await kernel.Say(Kernel.Request(1, 1, 0, 1, 64, data: new byte[64])[..after]);
        await plug.DisposeAsync().AsTask().WaitAsync(WaitFor.Generous);
        await kernel.End();
    }

    [Fact]
    public async Task A_machine_without_power_in_the_middle_of_a_word_is_no_fault()
    {
        var plug = new UsbPlug(new UsbSpeakerphone());
        using var kernel = await Kernel.Take(plug);
        await kernel.Say(new byte[10]);
        kernel.Finish();
        await kernel.End();
        await plug.DisposeAsync();
    }

    [Fact]
    public async Task A_pulled_plug_that_nobody_took_leaves_no_port()
    {
        var plug = new UsbPlug(new UsbSpeakerphone());
        await plug.DisposeAsync().AsTask().WaitAsync(WaitFor.Generous);
        await Assert.ThrowsAsync<SocketException>(() => Kernel.Take(plug));
    }

    [Fact]
    public async Task A_device_is_in_one_socket_only()
    {
        await using var plug = new UsbPlug(new UsbSpeakerphone());
        using var kernel = await Kernel.Take(plug);
        await kernel.Say(Kernel.Request(1, 1, 1, 0, 64, setup: AskDevice));
        await kernel.Hear(18);
        await Assert.ThrowsAsync<SocketException>(() => Kernel.Take(plug));
    }

    private static async Task<(uint Command, uint Number, int Status)> Head(Kernel kernel)
    {
        var (command, number, status, _) = await kernel.Hear();
        return (command, number, status);
    }
}
