using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using ClassContact.Kit.Native;

namespace ClassContact.Kit.Tools;

/// <summary>
/// Runs a program of the system as a child with a deadline and a bound on what it writes, so that a hung driver hangs a child and never the
/// agent. The child leads a session of its own, and all of that ends with it: what the program leaves behind too, unless that made
/// itself a session.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class Tool(TimeProvider time)
{
    // Of util-linux, which every Debian has. .NET itself starts no process groups on Linux before version 11.
    private const string Setsid = "/usr/bin/setsid";
    private const int MostOfAComplaint = 160;

    /// <summary>How long a program may take. Ours take some 10 ms; five seconds are for a machine that is starting.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5) * SlowComputer.Factor;

    /// <summary>So many bytes may be written. A sound server with a dozen devices tells about 1 MB.</summary>
    public int MostBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>What the program reads: for what may stand on no command line. Empty for nothing; shorter than a pipe takes at once (pipe(7): 64 kB).</summary>
    public string Input { get; init; } = "";

    /// <summary>Runs a program to its end, without a shell, in English and in UTF-8: in C alone nmcli writes the É of a Wi-Fi's name as a question mark.</summary>
    /// <param name="program">Its full path, or its name, which is looked for in PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Added to the agent's own; null removes a variable.</param>
    /// <param name="ct">Kills it and throws.</param>
    public async Task<ToolResult> Run(
        string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment, CancellationToken ct)
    {
        if (Find(program) is not { } path)
            return new ToolResult.Missing();
        using var limit = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        using var process = Process.Start(StartOf(path, arguments, environment))!;
        try
        {
            return await Follow(process, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
            return new ToolResult.TooSlow();
        }
        finally
        {
            // Nobody waits for the end: a process that hangs in a driver only dies when the driver lets go.
            Kill(process);
            process.StandardOutput.Dispose();
            process.StandardError.Dispose();
        }
    }

    private async Task<ToolResult> Follow(Process process, CancellationToken ct)
    {
        var output = Read(process.StandardOutput.BaseStream, MostBytes, ct);
        var complaint = ReadStart(process.StandardError.BaseStream, ct);
        var exit = process.WaitForExitAsync(ct);
        await Give(process, ct);
        if (await Task.WhenAny(output, exit) == output && await output is null)
            return new ToolResult.TooMuch();
        await exit;
        KillGroup(process.Id); // or a child of its own could hold the pipes open
        return await output.WaitAsync(ct) is not { } text ? new ToolResult.TooMuch()
            : process.ExitCode == 0 ? new ToolResult.Output(text)
            : new ToolResult.Failed(process.ExitCode, SafeText.Of(FirstLine(await complaint.WaitAsync(ct)), MostOfAComplaint));
    }

    private async Task Give(Process process, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(Input), ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended, or reads nothing: its exit code tells.
        }
    }

    private static ProcessStartInfo StartOf(string path, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var start = new ProcessStartInfo(Setsid, ["--", path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment.Remove("LANGUAGE"); // which would come before them
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    // Null when there is more than is allowed.
    private static async Task<string?> Read(Stream stream, int most, CancellationToken ct)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (kept.Length + read > most)
                return null;
            kept.Write(buffer, 0, read);
        }
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }

    // The rest is read, too, and forgotten: a full pipe would hold the program up.
    private static async Task<string> ReadStart(Stream stream, CancellationToken ct)
    {
        var start = new byte[1024];
        var rest = new byte[4096];
        var length = 0;
        while (await stream.ReadAsync(length < start.Length ? start.AsMemory(length) : rest, ct) is > 0 and var read)
            length = length < start.Length ? length + read : length;
        return Encoding.UTF8.GetString(start, 0, length);
    }

    private static string FirstLine(string text) => text.TrimStart().Split('\n', 2)[0];

    private static void Kill(Process process)
    {
        KillGroup(process.Id);
        if (!process.HasExited)
            process.Kill(); // it may not have become the leader of its group yet
    }

    // A group keeps its number while anybody is in it; ours is asked for within moments of its leader's end, long before numbers come round.
    private static void KillGroup(int leader) => _ = LibcProcess.Send(-leader, LibcProcess.Kill);

    private static string? Find(string program)
    {
        var folders = program.Contains('/', StringComparison.Ordinal) ? [""] : (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':');
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
