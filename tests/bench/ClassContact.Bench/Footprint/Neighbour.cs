using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using ClassContact.Classroom;

namespace ClassContact.Bench.Footprint;

/// <summary>An agent of others, from Debian, that does a comparable job.</summary>
internal sealed class Neighbour : IAsyncDisposable
{
    /// <summary>About what a kit's figures tell of its computer.</summary>
    private static readonly string[] Items =
    [
        "system.cpu.util", "system.cpu.load[all,avg1]", "vm.memory.size[pavailable]", "vfs.fs.size[/,pused]", "net.if.in[lo]", "net.if.out[lo]",
        "system.uptime", "agent.ping",
    ];

    private readonly ChildProcess process;
    private readonly Func<CancellationToken, Task> ask;
    private long asked;

    private Neighbour(ChildProcess process, Func<CancellationToken, Task> ask) => (this.process, this.ask) = (process, ask);

    public int Id => process.Id;

    /// <summary>How many times it has answered in full.</summary>
    public long Answered => Volatile.Read(ref asked);

    /// <summary>zabbix-agent2, asked for eight items over its passive protocol, a connection each, as its server does.</summary>
    public static async Task<Neighbour> Zabbix(string folder, string name)
    {
        var port = await LowPort();
        var file = Path.Combine(folder, $"{name}.conf");
        await File.WriteAllLinesAsync(file,
        [
            "Server=127.0.0.1", "ListenIP=127.0.0.1", $"ListenPort={port}", $"Hostname={name}", "LogType=console",
            $"ControlSocket={Path.Combine(Path.GetTempPath(), name + ".sock")}", $"PidFile={Path.Combine(Path.GetTempPath(), name + ".pid")}",
        ]);
        return await Answering(ChildProcess.Start(name, folder, "zabbix_agent2", ["-c", file]), async ct =>
        {
            foreach (var item in Items)
                await AskZabbix(port, item, ct);
        });
    }

    /// <summary>prometheus-node-exporter as Debian configures it, asked for its page as Prometheus does.</summary>
    public static async Task<Neighbour> NodeExporter(string folder, string name)
    {
        var port = FreePort.Next();
        var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}/") };
        return await Answering(ChildProcess.Start(name, folder, "prometheus-node-exporter", [$"--web.listen-address=127.0.0.1:{port}"]), async ct =>
        {
            var page = await client.GetStringAsync(new Uri("metrics", UriKind.Relative), ct);
            if (!page.Contains("node_memory_MemAvailable_bytes", StringComparison.Ordinal))
                throw new IOException("the exporter's page lacks its memory");
        });
    }

    /// <summary>Asks once a second until cancelled.</summary>
    public async Task AskEverySecond(CancellationToken ct)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await second.WaitForNextTickAsync(ct))
        {
            await ask(ct);
            Interlocked.Increment(ref asked);
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    // zabbix-agent2 takes ports up to 32767 only; the kernel gives none of those by itself.
    private static async Task<int> LowPort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20000, 32768);
            if (!await FreePort.IsTaken(port))
                return port;
        }
    }

    private static async Task<Neighbour> Answering(ChildProcess process, Func<CancellationToken, Task> ask)
    {
        await WaitFor.That("the first answer", async () => (Answers: await Answers(ask), process), seen => seen.Answers);
        return new(process, ask);
    }

    private static async Task<bool> Answers(Func<CancellationToken, Task> ask)
    {
        try
        {
            await ask(CancellationToken.None);
            return true;
        }
        catch (Exception e) when (e is SocketException or HttpRequestException or IOException)
        {
            return false;
        }
    }

    // ZBXD, flags 1, the length and the length before compression, 4 bytes each, little-endian, data; the same in both directions.
    private static async Task AskZabbix(int port, string item, CancellationToken ct)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, ct);
        var stream = client.GetStream();
        var request = new byte[13 + item.Length];
        "ZBXD\u0001"u8.CopyTo(request);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(5), item.Length);
        Encoding.ASCII.GetBytes(item, request.AsSpan(13));
        await stream.WriteAsync(request, ct);
        var header = new byte[13];
        await stream.ReadExactlyAsync(header, ct);
        var answer = new byte[BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(5))];
        await stream.ReadExactlyAsync(answer, ct);
        if (Encoding.ASCII.GetString(answer) is var text && text.StartsWith("ZBX_NOTSUPPORTED", StringComparison.Ordinal))
            throw new IOException($"zabbix-agent2 does not know {item}: {text}");
    }
}
