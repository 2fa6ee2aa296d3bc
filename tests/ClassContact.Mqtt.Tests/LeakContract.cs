using System.Diagnostics;
using ClassContact.Classroom;

namespace ClassContact.Mqtt.Tests;

/// <summary>Counts what the process holds, so no other test may run beside it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

public abstract class LeakContract(string library) : Contract(library)
{
    [Fact]
    public async Task Two_hundred_connections_leave_no_thread_and_no_file_open()
    {
        using var authority = new TestAuthority();
        await using var broker = await Broker.Start(authority.Broker("localhost"));
        var settings = new BrokerSettings("localhost", broker.Port, new(authority.CaFile));
        await OpenAndClose(settings, 20); // the thread pool and the library take their own first
        var before = Held();
        await OpenAndClose(settings, 200);
        var after = Held();
        for (var wait = Stopwatch.StartNew(); wait.Elapsed < Clients.Patience && (after.Threads > before.Threads || after.Files > before.Files); after = Held())
            await Task.Delay(50);
        Assert.True(after.Threads <= before.Threads && after.Files <= before.Files, $"before {before}, after {after}");
    }

    private static async Task OpenAndClose(BrokerSettings settings, int times)
    {
        for (var n = 0; n < times; n++)
        {
            await using var connection = await settings.Open("kit");
            await connection.Publish(Clients.Text("a/b", "x"));
        }
    }

    /// <summary>Threads by name, as the runtime's own come and go; all files.</summary>
    private static (int Threads, int Files) Held() => (
        Directory.GetDirectories("/proc/self/task").Count(t => Read(t + "/comm").StartsWith("mqtt", StringComparison.Ordinal)),
        Directory.GetFileSystemEntries("/proc/self/fd").Length);

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
