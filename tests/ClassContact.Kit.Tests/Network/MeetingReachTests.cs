using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using ClassContact.Kit.Call;
using ClassContact.Kit.Network;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tests.Settings;
using Xunit;

namespace ClassContact.Kit.Tests.Network;

[SupportedOSPlatform("linux")]
public sealed class MeetingReachTests : IDisposable
{
    private readonly SettingsFolder folder = new();
    private readonly List<NetworkSeen> told = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_host_that_takes_a_connection_answers_and_without_a_STUN_server_nothing_is_said_of_UDP()
    {
        await using var host = Host.Silent();
        Assert.Equal(new NetworkSeen(true, null), await Ask(Reach(host.Port)));
        Assert.Equal(1, host.Connections);
    }

    [Fact]
    public async Task A_host_that_refuses_does_not_answer_and_that_is_told() => Assert.Equal(new NetworkSeen(false, null, IsRefused: true), await Ask(Reach(ClosedPort())));

    [Fact]
    public async Task A_host_that_is_never_heard_of_does_not_answer_and_is_not_waited_for_longer_than_two_seconds()
    {
        using var hole = new BlackHole();
        var begun = TimeProvider.System.GetTimestamp();
        Assert.Equal(new NetworkSeen(false, null), await Ask(Reach(hole.Port)));
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, 1.9, 10);
    }

    [Fact]
    public async Task While_a_try_is_under_way_another_is_not_begun_and_afterwards_one_is()
    {
        using var hole = new BlackHole();
        var reach = Reach(hole.Port, time: new HurriedTime());
        for (var i = 0; i < 50; i++)
            reach.Ask();
        await Told(1);
        Assert.Single(told);
        await Ask(reach);
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public async Task UDP_that_came_through_and_twice_does_no_longer_is_missed()
    {
        await using var host = Host.Silent();
        using var stun = new Stunned();
        var reach = Reach(host.Port, stun.Port);
        Assert.Equal(new NetworkSeen(true, true), await Ask(reach));
        stun.IsSilent = true;
        Assert.Equal(new NetworkSeen(true, null), await Ask(reach)); // one datagram may get lost
        Assert.Equal(new NetworkSeen(true, false), await Ask(reach));
        stun.IsSilent = false;
        Assert.Equal(new NetworkSeen(true, true), await Ask(reach));
    }

    [Fact]
    public async Task A_STUN_server_that_has_never_answered_says_nothing_of_UDP()
    {
        await using var host = Host.Silent();
        using var stun = new Stunned { IsSilent = true };
        Assert.Equal(new NetworkSeen(true, null), await Ask(Reach(host.Port, stun.Port)));
    }

    [Fact]
    public async Task UDP_is_learned_of_when_the_meeting_is_opened_so_that_a_class_with_a_pupil_from_its_first_second_misses_it_too()
    {
        await using var host = Host.Silent();
        using var stun = new Stunned();
        var reach = Reach(host.Port, stun.Port);
        reach.Begin();
        await Until(() => stun.Answered > 0);
        Assert.Equal(0, host.Connections); // opening asks the meeting's host nothing
        stun.IsSilent = true;
        Assert.Equal(new NetworkSeen(true, null), await Ask(reach));
        Assert.Equal(new NetworkSeen(true, false), await Ask(reach));
    }

    [Fact]
    public async Task A_meeting_that_was_opened_without_UDP_is_not_held_to_that_of_an_earlier_one()
    {
        await using var host = Host.Silent();
        using var stun = new Stunned();
        var reach = Reach(host.Port, stun.Port);
        Assert.Equal(new NetworkSeen(true, true), await Ask(reach));
        stun.IsSilent = true;
        reach.Begin();
        Assert.Equal(new NetworkSeen(true, null), await Ask(reach));
    }

    private MeetingReach Reach(int port, int? stun = null, TimeProvider? time = null)
    {
        if (stun is not null)
            folder.Write("kit.json", SettingsFolder.KitWith($$"""  "network": { "stun": "127.0.0.1:{{stun}}" }"""));
        folder.Write("meeting.json", """{ "name": "test", "hosts": ["127.0.0.1"] }""");
        folder.WriteLink($"http://127.0.0.1:{port}/room?key=aVerySecretAccessKey");
        return new(Setup.Read(folder.File("kit.json")).Value!, Tell, time ?? TimeProvider.System);
    }

    private void Tell(NetworkSeen seen)
    {
        lock (told)
            told.Add(seen);
    }

    private async Task<NetworkSeen> Ask(MeetingReach reach)
    {
        var before = told.Count;
        reach.Ask();
        await Told(before + 1);
        return told[before];
    }

    private Task Told(int times) => Until(() =>
    {
        lock (told)
            return told.Count >= times;
    });

    private static async Task Until(Func<bool> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds())
            await Task.Delay(5, deadline.Token);
    }

    private static int ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>A listener whose queue is full: the kernel drops what else comes, as a network does that loses everything.</summary>
    private sealed class BlackHole : IDisposable
    {
        private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> waiting = [];

        public BlackHole()
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(0);
            for (var i = 0; i < 4; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                waiting.Add(socket);
                try
                {
                    socket.Connect(listener.LocalEndPoint!);
                }
                catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
                {
                    // Under way, and it stays so.
                }
            }
        }

        public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

        public void Dispose()
        {
            listener.Dispose();
            waiting.ForEach(s => s.Dispose());
        }
    }

    private sealed class Stunned : IDisposable
    {
        private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
        private int answered;

        public Stunned() => _ = Serve();

        public int Port { get; private set; }

        public int Answered => Volatile.Read(ref answered);

        public volatile bool IsSilent;

        public void Dispose() => socket.Dispose();

        private async Task Serve()
        {
            Port = ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
            try
            {
                while (true)
                {
                    var request = await socket.ReceiveAsync();
                    if (IsSilent)
                        continue;
                    await socket.SendAsync((byte[])[1, 1, 0, 12, .. request.Buffer[4..20], 0, 0x20, 0, 8, 0, 1, 0xa1, 0x47, 0xe1, 0x12, 0xa6, 0x43], request.RemoteEndPoint);
                    Interlocked.Increment(ref answered);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
