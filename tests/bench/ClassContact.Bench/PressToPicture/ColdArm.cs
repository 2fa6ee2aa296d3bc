using System.Diagnostics;
using ClassContact.Classroom;

namespace ClassContact.Bench.PressToPicture;

/// <summary>
/// What a kit without us would do: an icon on the desktop starts <c>chromium --app=URL</c>. It has the flags, the policy, the sound server and the camera
/// of the kit's browser, a fresh profile in memory and a screen of its own on which nothing else is.
/// </summary>
internal sealed class ColdArm : IAsyncDisposable
{
    private readonly WholeKit kit;
    private readonly PageMarks marks;
    private readonly ChildProcess desktop;
    private readonly List<string> flags;
    private readonly Dictionary<string, string?> environment;
    private int number;

    private ColdArm(WholeKit kit, PageMarks marks, ChildProcess desktop, List<string> flags, Dictionary<string, string?> environment) =>
        (this.kit, this.marks, this.desktop, this.flags, this.environment) = (kit, marks, desktop, flags, environment);

    /// <summary>The process session of its screen.</summary>
    public int Session => desktop.Id;

    public static async Task<ColdArm> Start(WholeKit kit, PageMarks marks)
    {
        const string begin = """Xvfb -displayfd 9 -screen 0 1366x768x24 -nolisten tcp -nolisten local -noreset 9>"$0" & until [ -s "$0" ]; do sleep 0.05; done; DISPLAY=":$(cat "$0")" exec openbox""";
        var number = Path.Combine(kit.Kiosk.Run, "cold-display");
        var desktop = ChildProcess.Start("desktop", kit.Folder, "sh", ["-c", begin, number]);
        await WaitFor.That("a second screen", () => File.Exists(number) && new FileInfo(number).Length > 0);
        var browser = kit.Kiosk.BrowserId() ?? throw new InvalidOperationException("the kiosk has no browser");
        var run = kit.Kiosk.Run;
        var environment = new Dictionary<string, string?>
        {
            ["DISPLAY"] = ":" + (await File.ReadAllTextAsync(number)).Trim(),
            ["DBUS_SESSION_BUS_ADDRESS"] = $"unix:path={run}/bus",
            ["XDG_RUNTIME_DIR"] = run,
            ["XDG_CONFIG_HOME"] = $"{run}/config",
            ["PIPEWIRE_RUNTIME_DIR"] = run,
            ["PULSE_RUNTIME_PATH"] = $"{run}/pulse",
        };
        return new(kit, marks, desktop, Flags(await File.ReadAllTextAsync($"/proc/{browser}/cmdline")), environment);
    }

    /// <summary>One start and its end; times in ms from the start of <c>chromium</c>.</summary>
    /// <param name="enter">What the shell does first, long before the press.</param>
    public async Task<Launch> Run(string enter)
    {
        var arm = $"cold={++number}";
        var profile = Directory.CreateTempSubdirectory("cold-").FullName;
        var go = Path.Combine(profile, "go");
        await ChildProcess.Run("mkfifo", kit.Folder, "mkfifo", [go]);
        var browser = ChildProcess.Start("cold", kit.Folder, "sh", [
            "-c", enter + """read -r _ < "$0"; exec chromium "$@" """, go, .. flags, $"--user-data-dir={profile}/profile", $"--app={kit.Meeting.Url()}&{arm}"], environment);
        try
        {
            await using var icon = new FileStream(go, FileMode.Open, FileAccess.Write); // waits until the shell reads
            var press = Stopwatch.GetTimestamp();
            icon.WriteByte((byte)'\n');
            await icon.FlushAsync();
            return Launch.Of("cold", press, await marks.After(press, arm), receipt: null);
        }
        finally
        {
            await browser.DisposeAsync();
            await WaitFor.That("the profile to be gone", () => Delete(profile)); // its children write to it for a moment longer
        }
    }

    public async ValueTask DisposeAsync() => await desktop.DisposeAsync();

    // The kit's own, without what drives it and where it starts. Chromium rewrites its command line with blanks for NULs.
    private static List<string> Flags(string commandLine) =>
        [.. commandLine.Split([' ', '\0'], StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Where(f => !f.StartsWith("--remote-debugging", StringComparison.Ordinal) && !f.StartsWith("--app=", StringComparison.Ordinal) && !f.StartsWith("--user-data-dir=", StringComparison.Ordinal))];

    private static bool Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
