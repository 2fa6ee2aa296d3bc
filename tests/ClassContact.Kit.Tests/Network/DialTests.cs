using System.Net;
using System.Net.Sockets;
using Xunit;

namespace ClassContact.Kit.Tests.Network;

public sealed class DialTests
{
    private static Socket Open(AddressFamily family) => family is AddressFamily.InterNetworkV6
        ? throw new SocketException((int)SocketError.AddressFamilyNotSupported)
        : new(family, SocketType.Stream, ProtocolType.Tcp);

    [Fact]
    public async Task A_kit_without_IPv6_sockets_goes_by_IPv4()
    {
        await using var host = Host.Silent();
        var (socket, trouble) = await Dial.First([new(IPAddress.IPv6Loopback, host.Port), new(IPAddress.Loopback, host.Port)], Open, TimeProvider.System, default);
        using (socket)
            Assert.True(socket?.Connected);
        Assert.Null(trouble);
    }

    [Fact]
    public async Task Without_IPv6_sockets_the_trouble_told_is_that_of_IPv4()
    {
        var port = MeetingTests.ClosedPort();
        var ends = new IPEndPoint[] { new(IPAddress.Loopback, port), new(IPAddress.IPv6Loopback, port) };
        Assert.Equal("refused", (await Dial.First(ends, Open, TimeProvider.System, default)).Trouble);
        Assert.Equal("no-route", (await Dial.First(ends[1..], Open, TimeProvider.System, default)).Trouble);
    }

    [Fact]
    public async Task Whatever_breaks_a_try_the_others_are_closed()
    {
        await using var host = Host.Silent();
        Socket? opened = null;
        Socket Breaks(AddressFamily family) => family is AddressFamily.InterNetworkV6 ? throw new InvalidOperationException() : opened = Open(family);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Dial.First(
            [new(IPAddress.IPv6Loopback, host.Port), new(IPAddress.Loopback, host.Port)], Breaks, new HurriedTime(), default));
        Assert.True(opened!.SafeHandle.IsClosed);
    }
}
