using System.Runtime.Versioning;
using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Speakerphone;

/// <summary>What a look at the sound-and-video server gave.</summary>
/// <param name="Graph">What it has; null when it could not be seen.</param>
/// <param name="Trouble">Why not, as a reason of the check <c>sound-server</c>.</param>
internal sealed record SoundLook(SoundGraph? Graph, string? Trouble = null);

/// <summary>
/// The kiosk's sound-and-video server, PipeWire, seen through its own tool: some 10 ms of a processor a look. All checks that run
/// together share one look.
/// </summary>
/// <param name="kiosk">The kiosk's runtime folder, with the server's socket.</param>
/// <param name="time">Of the look's age, and of the tool's deadline.</param>
[SupportedOSPlatform("linux")]
internal sealed class SoundServer(string kiosk, TimeProvider time) : IDisposable
{
    /// <summary>Nobody is behind the socket, or nobody who may be asked.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>It took longer than the tool's deadline: the server hangs.</summary>
    public const string Hangs = "hangs";

    /// <summary>The tool wrote what is not its usual output.</summary>
    public const string Garbled = "garbled";

    /// <summary>The tool is not installed.</summary>
    public const string NoTool = "no-tool";

    // A round of checks asks within moments; what a person changed must show when the next round looks.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly Tool tool = new(time);
    private readonly SemaphoreSlim one = new(1);
    private SoundLook? last;
    private long lastAt;

    /// <summary>The tool: tests give bad ones.</summary>
    internal string Program { get; init; } = "pw-dump";

    /// <summary>What the server has now, or had at most 2 s ago.</summary>
    public async Task<SoundLook> Look(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            if (last is null || time.GetElapsedTime(lastAt) > Fresh)
                (last, lastAt) = (await Ask(ct), time.GetTimestamp());
            return last;
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    /// <summary>What the server has now.</summary>
    internal async Task<SoundLook> Ask(CancellationToken ct) =>
        await tool.Run(Program, [], To(kiosk), ct) switch
        {
            ToolResult.Output { Text: var json } => SoundGraph.Parse(json) is { } graph ? new(graph) : new(null, Garbled),
            ToolResult.TooMuch => new(null, Garbled),
            ToolResult.TooSlow => new(null, Hangs),
            ToolResult.Missing => new(null, NoTool),
            _ => new(null, NoAnswer),
        };

    /// <summary>The environment by which the server's tools find it.</summary>
    internal static IEnumerable<KeyValuePair<string, string?>> To(string kiosk) => [new("PIPEWIRE_RUNTIME_DIR", kiosk), new("PIPEWIRE_REMOTE", null)];
}
