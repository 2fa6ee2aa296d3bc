using System.Diagnostics;
using ClassContact.Classroom.Network;

namespace ClassContact.Classroom;

/// <summary>
/// A tool running beside a test, in a process group of its own, with its output in a log file.
/// Disposing it ends it and everything it started.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>How long a tool that was asked to end may take before it is killed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process process;

    private ChildProcess(string name, Process process, string log) => (Name, this.process, Log) = (name, process, log);

    /// <summary>What the test calls it; also the name of its log.</summary>
    public string Name { get; }

    /// <summary>The file that holds everything it wrote, of this and of earlier starts under the same name.</summary>
    public string Log { get; }

    /// <summary>Its process id, which is its process group's too.</summary>
    public int Id => process.Id;

    /// <summary>Whether it has not ended yet.</summary>
    public bool IsRunning => !process.HasExited;

    /// <summary>
    /// Starts a tool with its log in <paramref name="folder"/>, which is made when it is not there, and with
    /// <paramref name="environment"/> added to the test's own (a null removes a variable). With a <paramref name="cable"/> it runs at the kit's end of it.
    /// </summary>
    public static ChildProcess Start(
        string name, string folder, string tool, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, Cable? cable = null)
    {
        Directory.CreateDirectory(folder);
        if (cable is not null)
            (tool, arguments) = cable.Behind(tool, arguments);
        var log = Path.Combine(folder, name + ".log");
        // The shell gives the file itself to the tool, so that no pipe fills up and nothing is lost when the test dies.
        var start = new ProcessStartInfo("setsid", ["bash", "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", log, tool, .. arguments]);
        foreach (var (key, value) in environment ?? new Dictionary<string, string?>()) start.Environment[key] = value;
        return new(name, Process.Start(start)!, log);
    }

    /// <summary>Runs a tool to its end and returns its exit code.</summary>
    /// <exception cref="TimeoutException">It did not end within 30 s; it has been killed.</exception>
    public static async Task<int> Run(
        string name, string folder, string tool, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        await using var child = Start(name, folder, tool, arguments, environment);
        return await child.Ended().WaitAsync(WaitFor.Generous);
    }

    /// <summary>Completes with the exit code when it has ended; 128 plus the signal's number when a signal ended it.</summary>
    public async Task<int> Ended()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Everything it has written so far.</summary>
    public string Output() => File.Exists(Log) ? File.ReadAllText(Log) : "";

    /// <summary>How it is doing in one line, with the end of its log, for the message of a failing test.</summary>
    public override string ToString() =>
        $"{Name} {(IsRunning ? "is running" : $"ended with {process.ExitCode}")}; {Log} ends with: {string.Join(" | ", Output().Split('\n').TakeLast(6))}";

    /// <summary>Sends a signal to it and to everything it started, unless that left its process group.</summary>
    public void Send(Signal signal) => _ = SignalNative.Send(-process.Id, signal);

    /// <summary>Kills it and everything it started, without a word.</summary>
    public async Task Kill()
    {
        Send(Signal.Kill);
        if (IsRunning) _ = SignalNative.Send(process.Id, Signal.Kill); // it may be too young to have a group of its own
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            await File.AppendAllTextAsync(Log, $"(was killed, and for {Patience.TotalSeconds} s nothing was heard of its end)\n");
        }
    }

    /// <summary>Asks it to end, waits at most 10 s, and kills what is then left of it.</summary>
    public async Task End()
    {
        if (IsRunning) _ = SignalNative.Send(process.Id, Signal.Terminate);
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            await File.AppendAllTextAsync(Log, $"(did not end within {Patience.TotalSeconds} s and was killed)\n");
        }

        await Kill();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await End();
        process.Dispose();
    }
}
