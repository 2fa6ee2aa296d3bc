using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ClassContact.Classroom;
using ClassContact.Classroom.Network;
using Xunit;

namespace ClassContact.Agent.Tests.Faults;

/// <summary>A fault that a test causes of the network is really there, and really undone: a socket's own evidence.</summary>
[Trait("Length", "long")]
public sealed class CableTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private Cable cable = null!;

    public async ValueTask InitializeAsync() => cable = await Cable.Lay(folder.Path);

    public async ValueTask DisposeAsync()
    {
        await cable.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_kit_reaches_the_world_and_its_loopback_through_the_cable_alone()
    {
        using var echo = new Echo();
        Assert.True(await Tcp("127.0.0.1", echo));
        Assert.True(await Tcp(Cable.World, echo));
        Assert.Equal(20, await Udp(echo, 20));
        Assert.Equal(cable.Kit, echo.LastFrom);
        await cable.Pull();
        Assert.False(await Tcp("127.0.0.1", echo));
    }

    [Fact]
    public async Task A_pulled_cable_has_no_carrier_until_it_is_plugged_in()
    {
        using var echo = new Echo();
        Assert.Equal(0, await AtKit("[[ $(</sys/class/net/eth0/carrier) == 1 ]]"));
        await cable.Pull();
        Assert.Equal(0, await AtKit("[[ $(</sys/class/net/eth0/carrier) == 0 ]]"));
        Assert.Equal(0, await Udp(echo, 5));
        await cable.PlugIn();
        Assert.Equal(0, await AtKit("[[ $(</sys/class/net/eth0/carrier) == 1 ]]"));
        Assert.True(await Tcp("127.0.0.1", echo));
    }

    [Fact]
    public async Task A_kit_without_an_address_reaches_nothing_until_it_has_one_again()
    {
        using var echo = new Echo();
        await cable.TakeAddress();
        Assert.False(await Tcp("127.0.0.1", echo));
        Assert.Equal(0, await AtKit("[[ $(</sys/class/net/eth0/carrier) == 1 ]]"));
        await cable.GiveAddress();
        Assert.True(await Tcp("127.0.0.1", echo));
        Assert.Equal(5, await Udp(echo, 5));
    }

    [Fact]
    public async Task A_network_that_loses_all_keeps_its_carrier()
    {
        using var echo = new Echo();
        await cable.LoseAll();
        Assert.Equal(0, await AtKit("[[ $(</sys/class/net/eth0/carrier) == 1 ]]"));
        Assert.False(await Tcp("127.0.0.1", echo));
        Assert.Equal(0, await Udp(echo, 5));
        await cable.Mend();
        Assert.True(await Tcp("127.0.0.1", echo));
        Assert.Equal(5, await Udp(echo, 5));
    }

    [Fact]
    public async Task Without_UDP_the_rest_still_passes()
    {
        using var echo = new Echo();
        await cable.DropUdp();
        Assert.Equal(0, await Udp(echo, 5));
        Assert.True(await Tcp("127.0.0.1", echo));
        await cable.Mend();
        Assert.Equal(5, await Udp(echo, 5));
    }

    [Fact]
    public async Task A_bad_network_loses_about_as_much_as_it_was_told_to()
    {
        using var echo = new Echo();
        await cable.Lose(percent: 20);
        Assert.InRange(await Udp(echo, 200), 200 * 0.64 * 0.8, 200 * 0.64 * 1.2); // each way; the bounds are five times the deviation
        await cable.Mend();
        Assert.Equal(200, await Udp(echo, 200));
    }

    [Fact]
    public async Task A_narrow_line_makes_what_is_sent_late()
    {
        using var echo = new Echo();
        await cable.Narrow(kilobits: 200, TimeSpan.FromSeconds(3));
        Assert.True(await Late(echo) > TimeSpan.FromMilliseconds(600));
        await cable.Mend();
        Assert.True(await Late(echo) < TimeSpan.FromMilliseconds(300));
    }

    // 30 kB at 25 kB a second each way, of which 10 kB pass at once.
    private async Task<TimeSpan> Late(Echo echo)
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, await AtKit($"exec 3<>/dev/tcp/127.0.0.1/{echo.TcpPort}; head -c 30000 /dev/zero >&3; head -c 30000 <&3 >/dev/null"));
        return watch.Elapsed;
    }

    private async Task<bool> Tcp(string address, Echo echo) =>
        await AtKit($"exec 3<>/dev/tcp/{address}/{echo.TcpPort} && echo hello >&3 && read -t 2 -u 3 back && [[ $back == hello ]]") == 0;

    // How many of so many datagrams came back.
    private async Task<int> Udp(Echo echo, int sent) =>
        await AtKit($"exec 3<>/dev/udp/{Cable.World}/{echo.UdpPort}; n=0; for ((i = 0; i < {sent}; i++)); do printf x >&3; done; while read -t 1 -N 1 -u 3; do ((++n)); done; exit $n");

    private Task<int> AtKit(string script)
    {
        return Run();

        async Task<int> Run()
        {
            await using var child = ChildProcess.Start("at-kit", folder.Path, "timeout", ["10", "bash", "-c", script], cable: cable);
            return await child.Ended().WaitAsync(WaitFor.Generous);
        }
    }

    /// <summary>Says back what it hears, on TCP and UDP of every address of the world.</summary>
    private sealed class Echo : IDisposable
    {
        private readonly TcpListener tcp = new(IPAddress.Loopback, 0);
        private readonly UdpClient udp = new(new IPEndPoint(IPAddress.Any, 0));

        public Echo()
        {
            tcp.Start();
            _ = Accept();
            _ = Answer();
        }

        public int TcpPort => ((IPEndPoint)tcp.LocalEndpoint).Port;

        public int UdpPort => ((IPEndPoint)udp.Client.LocalEndPoint!).Port;

        public string? LastFrom { get; private set; }

        public void Dispose()
        {
            tcp.Dispose();
            udp.Dispose();
        }

        private async Task Accept()
        {
            while (true)
            {
                var client = await tcp.AcceptTcpClientAsync();
                _ = client.GetStream().CopyToAsync(client.GetStream());
            }
        }

        private async Task Answer()
        {
            while (true)
            {
                var heard = await udp.ReceiveAsync();
                LastFrom = heard.RemoteEndPoint.Address.ToString();
                await udp.SendAsync(heard.Buffer, heard.RemoteEndPoint);
            }
        }
    }
}
