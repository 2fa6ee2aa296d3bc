using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace ClassContact.KitBench;

/// <summary>Commands for the program <c>bench-commands</c> in the machine, several at once, through a virtio port.</summary>
internal sealed class CommandChannel : IDisposable
{
    /// <summary>How much longer than its own deadline a command's answer may take: the machine may be busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LineSocket socket;
    private readonly SemaphoreSlim one = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<Answer>> waiting = [];
    private TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int last;

    private CommandChannel(LineSocket socket) => this.socket = socket;

    public static async Task<CommandChannel> Connect(string path)
    {
        var channel = new CommandChannel(await LineSocket.Connect(path));
        _ = channel.Listen();
        return channel;
    }

    /// <summary>The machine takes commands; after <see cref="ExpectRestart"/>, again.</summary>
    /// <exception cref="TimeoutException">It did not within the deadline.</exception>
    public Task Ready(TimeSpan deadline) => ready.Task.WaitAsync(deadline);

    /// <summary>What was ready so far does not count any more.</summary>
    public void ExpectRestart() => ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs one command with bash.</summary>
    /// <exception cref="TimeoutException">The machine did not answer.</exception>
    /// <exception cref="IOException">The machine went off meanwhile.</exception>
    public async Task<Answer> Run(string command, TimeSpan deadline)
    {
        var number = Interlocked.Increment(ref last);
        var answer = waiting[number] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await Send(number, command, deadline);
            return await answer.Task.WaitAsync(deadline + Patience);
        }
        finally
        {
            waiting.TryRemove(number, out _);
        }
    }

    /// <summary>Has a command begun that ends the machine, so that no answer may come.</summary>
    public Task Tell(string command) => Send(Interlocked.Increment(ref last), command, Patience);

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        one.Dispose();
    }

    private async Task Send(int number, string command, TimeSpan deadline)
    {
        var line = $"{number} {deadline.TotalSeconds:0} {Convert.ToBase64String(Encoding.UTF8.GetBytes(command))}";
        await one.WaitAsync();
        try
        {
            await socket.Write(line);
        }
        finally
        {
            one.Release();
        }
    }

    private async Task Listen()
    {
        while (await socket.Read() is { } line)
        {
            if (line.Split(' ') is not [var word, var code, var output]) continue; // cut short by a restart
            if (word == "ready")
                ready.TrySetResult();
            else if (int.TryParse(word, CultureInfo.InvariantCulture, out var number) && waiting.TryGetValue(number, out var answer) && Read(code, output) is { } read)
                answer.TrySetResult(read);
        }

        var gone = new IOException("the machine went off");
        ready.TrySetException(gone);
        foreach (var answer in waiting.Values) answer.TrySetException(gone);
    }

    // Null for what was cut short by a restart.
    private static Answer? Read(string code, string output)
    {
        var bytes = new byte[output.Length];
        return int.TryParse(code, CultureInfo.InvariantCulture, out var number) && Convert.TryFromBase64String(output, bytes, out var length)
            ? new(number, Encoding.UTF8.GetString(bytes, 0, length)) : null;
    }
}
