using System.Net;
using System.Net.Sockets;
using ClassContact.Kit.Network;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Network;

public sealed class UdpTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    // RFC 5769, 2.2: the sample response over IPv4, its attributes after XOR-MAPPED-ADDRESS left out and the length made to fit.
    private static readonly byte[] Sample =
    [
        0x01, 0x01, 0x00, 0x1c, 0x21, 0x12, 0xa4, 0x42, 0xb7, 0xe7, 0xa7, 0x01, 0xbc, 0x34, 0xd6, 0x86, 0xfa, 0x87, 0xdf, 0xae,
        0x80, 0x22, 0x00, 0x0b, 0x74, 0x65, 0x73, 0x74, 0x20, 0x76, 0x65, 0x63, 0x74, 0x6f, 0x72, 0x20,
        0x00, 0x20, 0x00, 0x08, 0x00, 0x01, 0xa1, 0x47, 0xe1, 0x12, 0xa6, 0x43,
    ];

    [Fact]
    public void The_sample_of_the_rfc_is_read() => Assert.Equal(new(IPAddress.Parse("192.0.2.1"), 32853), Stun.Mapped(Sample));

    [Fact]
    public void A_request_is_twenty_bytes_and_never_the_same()
    {
        Assert.Equal([0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42], Stun.Request()[..8]);
        Assert.NotEqual(Stun.Request(), Stun.Request());
    }

    [Fact]
    public void A_datagram_cut_or_changed_anywhere_breaks_nothing()
    {
        var request = Sample[..20];
        Assert.True(Stun.IsAnswer(Sample, request));
        for (var length = 0; length < Sample.Length; length++)
            Assert.False(Stun.IsAnswer(Sample.AsSpan(0, length), request));
        for (var at = 0; at < Sample.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. Sample];
                changed[at] ^= (byte)(1 << bit);
                if ((at, bit) is (1, 4))
                    continue; // 0x0111: an error, which has come by UDP as well
                Assert.False(at is >= 1 and < 20 && Stun.IsAnswer(changed, request), $"byte {at}, bit {bit}");
                _ = Stun.IsAnswer(changed, request);
            }
        }
    }

    [Fact]
    public async Task An_answer_passes() => Assert.Equal(Verdict.Pass, await Verdict_of(Answer));

    [Fact]
    public async Task An_answer_to_the_third_request_passes()
    {
        var asked = 0;
        Assert.Equal(Verdict.Pass, await Verdict_of(request => ++asked < 3 ? null : Answer(request)));
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Silence_is_asked_four_times_with_one_transaction_and_warns()
    {
        var requests = new List<string>();
        Assert.Equal(Verdict.Warn, await Verdict_of(request =>
        {
            requests.Add(Convert.ToHexString(request));
            return null;
        }));
        Assert.Equal(4, requests.Count);
        Assert.Single(requests.Distinct());
    }

    [Fact]
    public async Task An_answer_to_somebody_elses_question_is_silence() => Assert.Equal(Verdict.Warn, await Verdict_of(request =>
    {
        var answer = Answer(request);
        answer[19] ^= 1;
        return answer;
    }));

    [Fact]
    public async Task Garbage_is_silence() => Assert.Equal(Verdict.Warn, await Verdict_of(_ => [.. Enumerable.Repeat((byte)'x', 2000)]));

    [Fact]
    public async Task An_answer_from_another_address_is_silence() => Assert.Equal(Verdict.Warn, await Verdict_of(Answer, fromElsewhere: true));

    [Fact]
    public async Task A_closed_port_says_nothing_of_udp()
    {
        using var gone = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        gone.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)gone.LocalEndPoint!).Port;
        gone.Close();
        var finding = await UdpCheck.Of(("127.0.0.1", port), Soon, TimeProvider.System).Look(default);
        Assert.Equal((Verdict.CannotTell, "refused"), (finding.Verdict, finding.Reason));
    }

    [Fact]
    public async Task Without_a_server_it_is_skipped() =>
        Assert.Equal("no-server", (await UdpCheck.Of(null, Soon, TimeProvider.System).Look(default)).Reason);

    private static byte[] Answer(byte[] request) => [1, 1, 0, 12, .. request[4..20], 0, 0x20, 0, 8, 0, 1, 0xa1, 0x47, 0xe1, 0x12, 0xa6, 0x43];

    private static async Task<Verdict> Verdict_of(Func<byte[], byte[]?> answer, bool fromElsewhere = false)
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var elsewhere = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        using var end = new CancellationTokenSource();
        var serving = Task.Run(async () =>
        {
            while (true)
            {
                var request = await server.ReceiveAsync(end.Token);
                if (answer(request.Buffer) is { } reply)
                    await (fromElsewhere ? elsewhere : server).SendAsync(reply, request.RemoteEndPoint, end.Token);
            }
        });
        // Silence needs no patience; an answer has all it may want on a busy machine.
        var check = UdpCheck.Of(("127.0.0.1", ((IPEndPoint)server.Client.LocalEndPoint!).Port), Soon * 5, TimeProvider.System);
        var finding = await check.Look(default);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
        Assert.Null(finding.Found);
        return finding.Verdict;
    }
}
