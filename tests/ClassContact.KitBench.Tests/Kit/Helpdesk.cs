using System.Text;
using ClassContact.Classroom;
using ClassContact.Messages;

namespace ClassContact.KitBench.Tests.Kit;

/// <summary>The helpdesk at a real broker on this computer: everything that the kit says, as it comes.</summary>
internal sealed class Helpdesk : IAsyncDisposable
{
    private readonly Broker broker;
    private readonly ChildProcess ear;
    private readonly TestFolder folder;

    private Helpdesk(Broker broker, ChildProcess ear, TestFolder folder) => (this.broker, this.ear, this.folder) = (broker, ear, folder);

    /// <summary>The broker's port on this computer.</summary>
    public int Port => broker.Port;

    /// <summary>Every message so far, <c>topic document</c>.</summary>
    public IReadOnlyList<string> Heard => [.. ear.Output().Split('\n')[..^1].Where(line => line.StartsWith("classcontact/", StringComparison.Ordinal))];

    /// <summary>Every event so far, second copies included, in the order in which they came.</summary>
    public IReadOnlyList<KitEvent> Events =>
        [.. Heard.Where(line => line.StartsWith($"classcontact/v1/{InstalledKit.Name}/event ", StringComparison.Ordinal)).Select(Event)];

    public static async Task<Helpdesk> Opens()
    {
        var folder = new TestFolder();
        var broker = await Broker.Start(null, "max_queued_messages 0");
        var ear = ChildProcess.Start("heard", folder.Path, "mosquitto_sub", ["-h", "127.0.0.1", "-p", $"{broker.Port}", "-V", "mqttv5", "-q", "1", "-t", "classcontact/#", "-F", "%t %p"]);
        return new(broker, ear, folder);
    }

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
