using System.Text.Json.Nodes;
using ClassContact.Classroom;

namespace ClassContact.KitBench;

/// <summary>QEMU's own control channel (QMP): what happens to the machine from outside, such as a pulled cable.</summary>
internal sealed class Qmp : IDisposable
{
    private readonly LineSocket socket;
    private readonly SemaphoreSlim one = new(1);

    /// <summary>The machine is off.</summary>
    public bool IsGone { get; private set; }

    private Qmp(LineSocket socket) => this.socket = socket;

    public static async Task<Qmp> Connect(string path)
    {
        var qmp = new Qmp(await LineSocket.Connect(path));
        await qmp.socket.Read(); // its greeting
        await qmp.Execute("qmp_capabilities");
        return qmp;
    }

    /// <summary>Carries out one command; events that come meanwhile are passed over.</summary>
    /// <exception cref="IOException">QEMU refused, or is gone.</exception>
    public async Task<JsonNode?> Execute(string command, JsonObject? arguments = null)
    {
        await one.WaitAsync();
        try
        {
            var asked = new JsonObject { ["execute"] = command };
            if (arguments is not null)
                asked["arguments"] = arguments;
            await socket.Write(asked.ToJsonString());
            return await Result(command).WaitAsync(WaitFor.Generous);
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsGone = true;
        socket.Dispose();
        one.Dispose();
    }

    private async Task<JsonNode?> Result(string command)
    {
        while (await socket.Read() is { } line)
        {
            var said = JsonNode.Parse(line)!.AsObject();
            if (said.TryGetPropertyValue("return", out var result)) return result;
            if (said["error"] is { } error) throw new IOException($"QEMU refused {command}: {error["desc"]}");
        }

        IsGone = true;
        throw new IOException($"QEMU ended during {command}");
    }
}
