using System.Text;
using ClassContact.Classroom;
using ClassContact.Messages;

namespace ClassContact.KitBench.Tests.Kit;

/// <summary>The helpdesk at a real broker on this computer: everything that the kit says, as it comes.</summary>
internal sealed class Helpdesk : IAsyncDisposable
{
    private readonly IAsyncDisposable broker;
    private readonly ChildProcess ear;
    private readonly TestFolder folder = new();

    private Helpdesk(Broker broker)
    {
        (this.broker, Port) = (broker, broker.Port);
        ear = ChildProcess.Start("heard", folder.Path, "mosquitto_sub", ["-h", "127.0.0.1", "-p", $"{Port}", "-V", "mqttv5", "-q", "1", "-t", "classcontact/#", "-F", "%t %p"]);
    }

    /// <summary>At the central machine, with an account; the machine is its own from now on.</summary>
    public Helpdesk(CentralHere central) => (broker, Port, ear) = (central, central.KitsPort, central.Listens());

    /// <summary>The broker's port on this computer.</summary>
    public int Port { get; }

    /// <summary>Every message so far, <c>topic document</c>.</summary>
    public IReadOnlyList<string> Heard => [.. ear.Output().Split('\n')[..^1].Where(line => line.StartsWith("classcontact/", StringComparison.Ordinal))];

    /// <summary>Every event so far, second copies included, in the order in which they came.</summary>
    public IReadOnlyList<KitEvent> Events =>
        [.. Heard.Where(line => line.StartsWith($"classcontact/v1/{InstalledKit.Name}/event ", StringComparison.Ordinal)).Select(Event)];

    public static async Task<Helpdesk> Opens() => new(await Broker.Start(null, "max_queued_messages 0"));

    /// <summary>Waits until the kit says something on a channel that has all these words in it, later than the messages that are passed over.</summary>
    /// <returns>How many messages there were then: for what must come after it.</returns>
    public async Task<int> Sees(string channel, string[] words, TimeSpan deadline, int after = 0)
    {
        var topic = $"classcontact/v1/{InstalledKit.Name}/{channel} ";
        var found = await WaitFor.That(
            $"the helpdesk to see {channel} with {string.Join(" and ", words)}",
            () => (At: Heard.Skip(after).ToList().FindIndex(line => line.StartsWith(topic, StringComparison.Ordinal) && words.All(word => line.Contains(word, StringComparison.Ordinal))), Last: Last(topic)),
            seen => seen.At >= 0, deadline);
        return after + found.At + 1;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        File.WriteAllText(Path.Combine(Artifacts.Folder("helpdesk"), "heard.log"), ear.Output());
        await ear.DisposeAsync();
        await broker.DisposeAsync();
        folder.Dispose();
    }

    private static KitEvent Event(string line) =>
        Wire.Read<KitEvent>(Encoding.UTF8.GetBytes(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]))?.Body ?? throw new FormatException($"not an event: {line}");

    private string Last(string topic) => Heard.LastOrDefault(line => line.StartsWith(topic, StringComparison.Ordinal)) ?? "nothing of it";
}
