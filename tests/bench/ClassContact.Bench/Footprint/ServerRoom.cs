using System.Text.Json;
using ClassContact.Classroom;
using ClassContact.Mqtt;

namespace ClassContact.Bench.Footprint;

/// <summary>What the kits have in common: a broker that wants certificates, a meeting, an ear at the broker, and the programs.</summary>
internal sealed class ServerRoom : IAsyncDisposable
{
    private readonly TestAuthority authority;

    private ServerRoom(string folder, TestAuthority authority, Broker broker, JanusMeeting meeting, Ear ear) =>
        (Folder, this.authority, Broker, Meeting, Ear) = (folder, authority, broker, meeting, ear);

    public string Folder { get; }

    public Broker Broker { get; }

    public JanusMeeting Meeting { get; }

    public Ear Ear { get; }

    // tests/bench/run empties it, too, when this program was ended.
    private string Programs => Path.Combine(Folder, "programs");

    public static async Task<ServerRoom> Open(string folder, IEnumerable<string> kits)
    {
        var authority = new TestAuthority();
        var broker = await Broker.Start(authority.Broker("127.0.0.1", asksForCertificate: true));
        var meeting = await JanusMeeting.Open(folder);
        var ear = await Ear.Open(new BrokerSettings("127.0.0.1", broker.Port, authority.Client("ear")));
        var room = new ServerRoom(folder, authority, broker, meeting, ear);
        // Each kiosk writes a policy for its own standby page; of two files the last by name counts.
        await File.WriteAllTextAsync("/etc/chromium/policies/managed/standby-of-all.json", JsonSerializer.Serialize(new Dictionary<string, string[]>
        {
            ["URLAllowlist"] = [.. kits.Select(kit => MeasuredKit.StandbyIn(Path.Combine(room.Programs, kit)).Replace("standby.html", "", StringComparison.Ordinal)), meeting.Origin],
        }));
        return room;
    }

    public TlsFiles Certificate(string client) => authority.Client(client);

    /// <summary>A kit's own copy of what a publish profile made.</summary>
    public async Task<string> CopyOf(string profile, string kit)
    {
        var from = Path.Combine(Checkout.Root, "src", "ClassContact.Agent", "bin", "published", profile);
        var to = Path.Combine(Programs, kit);
        Directory.CreateDirectory(Programs);
        var code = await ChildProcess.Run("copy", Folder, "cp", ["-r", from, to]);
        return code == 0 ? to : throw new IOException($"{from} could not be copied: tests/bench/run publishes it");
    }

    public async ValueTask DisposeAsync()
    {
        await Ear.DisposeAsync();
        await Meeting.DisposeAsync();
        await Broker.DisposeAsync();
        authority.Dispose();
        if (Directory.Exists(Programs))
            Directory.Delete(Programs, recursive: true);
    }
}
