using System.Globalization;
using static ClassContact.Mqtt.Tests.Central.Probe;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests.Central;

/// <summary>Nobody takes more than is given, and who tries disturbs nobody else.</summary>
public sealed class LimitTests(CentralBroker broker) : IClassFixture<CentralBroker>
{
    private const int LargestPacket = 262144;

    [Fact]
    public async Task A_packet_that_is_too_large_puts_its_sender_out_and_nobody_else()
    {
        await using var anna = await broker.OpenAccount();
        await anna.Subscribe(Tree("+", "event"));
        await using var raw = await RawClient.Open(await broker.Kit("kit-7"), broker.Port);
        await raw.Send(0x32, RawClient.Message(Tree("kit-7", "event"), new byte[LargestPacket - 100], 1));
        Assert.Equal(0x40, (await raw.Next()).Type);
        Assert.Equal(LargestPacket - 100, (await anna.Next()).Payload.Length);
        var (type, body) = await AnswerTo(raw, RawClient.Message(Tree("kit-7", "event"), new byte[LargestPacket], 2));
        Assert.True(type == 0 || (type == RawClient.Disconnect && body[0] == 0x95), $"answered with {type:x}");
        await raw.IsClosed();
        await using var kit = await broker.OpenKit("kit-8");
        await kit.Publish(Text(Tree("kit-8", "event"), "next"));
        Assert.Equal("next", (await anna.NextText()).Text);
    }

    [Fact]
    public async Task An_agents_library_learns_the_limit_and_keeps_its_connection()
    {
        await using var kit = await broker.OpenKit("kit-7");
        await Fails(kit.Publish(new(Tree("kit-7", "event"), new byte[LargestPacket])));
        await kit.Publish(Text(Tree("kit-7", "event"), "still here"));
        Assert.False(kit.Lost.IsCompleted);
    }

    [Fact]
    public async Task Quality_of_service_2_is_not_offered()
    {
        await using var raw = await RawClient.Open(await broker.Kit("kit-7"), broker.Port);
        await raw.Send(0x32, RawClient.Message(Tree("kit-7", "event"), [1], 1));
        Assert.Equal(0x40, (await raw.Next()).Type);
        await raw.Send(0x34, RawClient.Message(Tree("kit-7", "event"), [1], 2));
        var (type, body) = await raw.Next();
        Assert.Equal((RawClient.Disconnect, 0x9B), (type, body[0]));
    }

    [Fact]
    public async Task A_reader_that_acknowledges_nothing_is_sent_a_hundred_messages_and_no_more()
    {
        await using var mute = await RawClient.Open(await broker.Account("anna"), broker.HelpdeskPort, "mute");
        await mute.Subscribe(Tree("kit-7", "event"));
        await using var ben = await broker.OpenAccount("ben");
        await ben.Subscribe(Tree("kit-7", "event"));
        await using var kit = await broker.OpenKit("kit-7");
        await Task.WhenAll(Enumerable.Range(0, 300).Select(n => kit.Publish(Text(Tree("kit-7", "event"), $"{n}"))));
        for (var n = 0; n < 300; n++)
            Assert.Equal($"{n}", (await ben.NextText()).Text);
        Assert.Equal(100, await mute.MessagesUntilPong());
    }

    /// <summary>80 MB to a reader that reads nothing, while another reads all of it. The queue ends at 64 MB.</summary>
    [Fact]
    public async Task A_reader_that_stands_still_costs_a_bounded_queue_and_nobody_elses_messages()
    {
        const int messages = 320;
        await using var stuck = await RawClient.Open(await broker.Account("anna"), broker.HelpdeskPort, "stuck");
        await stuck.Subscribe(Tree("kit-6", "event"));
        await using var ben = await broker.OpenAccount("ben");
        await ben.Subscribe(Tree("kit-6", "event"));
        await using var kit = await broker.OpenKit("kit-6");
        for (var n = 0; n < messages; n++)
        {
            await kit.Publish(new(Tree("kit-6", "event"), new byte[250_000]));
            Assert.Equal(250_000, (await ben.Next()).Payload.Length);
        }
        Assert.Contains("dropped for client helpdesk-anna", broker.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("dropped for client helpdesk-ben", broker.Log, StringComparison.Ordinal);
        // 64 MB queued, a hundred in flight beside them (25 MB), and the broker itself.
        Assert.InRange(Resident(broker.ProcessId), 0, 120_000);
    }

    [Fact]
    public async Task When_the_broker_is_full_newcomers_are_turned_away_until_somebody_leaves()
    {
        await using var small = new CentralBroker();
        (await small.Install()).Worked();
        await small.Start(openFiles: 64);
        await using var kit = await small.OpenKit("kit-7");
        List<RawClient> inside = [];
        var full = await Record.ExceptionAsync(async () =>
        {
            while (inside.Count < 64)
                inside.Add(await RawClient.Open(small.Forged($"many-{inside.Count}"), small.Port));
        });
        Assert.IsAssignableFrom<IOException>(full);
        Assert.InRange(inside.Count, 40, 63);
        await kit.Publish(Text(Tree("kit-7", "event"), "unaffected"));
        foreach (var client in inside)
            await client.DisposeAsync();
        await using (await small.OpenAccount()) { }
        Assert.False(kit.Lost.IsCompleted);
    }

    private static async Task<(byte Type, byte[] Body)> AnswerTo(RawClient raw, byte[] publish)
    {
        try
        {
            await raw.Send(0x32, publish);
            return await raw.Next();
        }
        catch (IOException)
        {
            return (0, []); // closed while we were still sending
        }
    }

    /// <summary>Resident memory in kB.</summary>
    private static int Resident(int process) => int.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
