using System.ComponentModel;
using System.Diagnostics;
using ClassContact.Agent.Card;
using ClassContact.Agent.Enroll;
using ClassContact.Agent.Words;
using ClassContact.Kit.Door;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Install;

/// <summary>What root does on a computer to make a kit of it, once its settings are written. Every step may be repeated.</summary>
/// <param name="root">Everything is written below it; only below <c>/</c> are users changed and units started.</param>
/// <param name="output">Gets a line for each thing done.</param>
/// <param name="person">Who reads them at the screen that the kiosk is about to take; null for nobody.</param>
internal sealed class KitInstallation(string root, TextWriter output, TextReader? person = null)
{
    private const string Program = "/usr/lib/classcontact";
    private const string Policy = "/etc/chromium/policies/managed/classcontact.json";
    private const string Owner = "classcontact";

    /// <summary>While it is there the kiosk leaves the screen to the login prompt (classcontact-kiosk.service), through a restart and an upgrade, too.</summary>
    private const string Unfinished = "/etc/classcontact/unfinished";

    /// <summary>This computer itself becomes the kit.</summary>
    public bool IsReal => root == "/";

    /// <summary>A desktop's login has the screen, or will have it after the next start, and would keep it: the kiosk would never come.</summary>
    public async Task<bool> HasDesktop() => IsReal && (await Runs("display-manager.service") || await Systemctl("is-enabled", "display-manager.service"));

    /// <summary>The kernel drives a graphics card: a screen can be drawn on.</summary>
    public bool HasGraphics => !IsReal || (Directory.Exists("/dev/dri") && Directory.EnumerateFiles("/dev/dri", "card*").Any());

    /// <summary>The path below the root.</summary>
    public string Below(string path) => IsReal ? path : Path.Combine(root, Path.GetFullPath(path).TrimStart('/'));

    /// <summary>To be called before anything is written: a computer that is no kit yet becomes one when all is done, and not before.</summary>
    public void Begin()
    {
        if (File.Exists(Below(Policy)))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Below(Unfinished))!);
        File.WriteAllBytes(Below(Unfinished), []);
    }

    /// <summary>
    /// Takes the authority's file into the folder of the settings, where the agent's user can read it: the technician's may be on a stick, or in root's home.
    /// </summary>
    /// <param name="settings">The settings file.</param>
    /// <param name="kit">The settings.</param>
    /// <returns>The settings with the file's new place.</returns>
    public static KitSettings KeepAuthority(string settings, KitSettings kit)
    {
        if (kit.Enrolment?.CaFile is not { } from)
            return kit;
        var to = Path.Combine(Path.GetDirectoryName(settings)!, "authority.pem");
        if (File.Exists(from) && Path.GetFullPath(from) != to)
        {
            File.Copy(from, to + ".next", overwrite: true);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(to + ".next", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            File.Move(to + ".next", to, overwrite: true);
        }
        return File.Exists(to) ? kit with { Enrolment = kit.Enrolment with { CaFile = to } } : kit;
    }

    /// <summary>Does it all; what failed is told, and what does not depend on it is done nevertheless.</summary>
    /// <param name="settings">The settings file, as the agent will name it.</param>
    /// <param name="kit">What stands in it, every path whole.</param>
    /// <param name="answers">The rest of what was answered.</param>
    /// <param name="cards">Where the kit's cards are to be written; null for none. They have the room that came with its link.</param>
    /// <param name="ct">Ends it between two steps.</param>
    /// <exception cref="IOException">A card could not be written; the kit is not set up then.</exception>
    public async Task<int> Install(string settings, KitSettings kit, Answers answers, string? cards, CancellationToken ct)
    {
        var isDone = await WritePolicy(kit, ct);
        if (answers.Filled("link-file") is { } link)
            isDone &= await TakeLink(link, kit, ct);
        if (answers.Filled("code") is { } code)
            isDone &= await Enrol(settings, code, ct);
        isDone = isDone && await Confirm(settings, kit.Room, isWanted: answers.Filled("code") is not null, ct);
        isDone = isDone && await IsWhole(settings, kit, ct);
        if (isDone)
        {
            if (cards is not null)
                CardFiles.WriteBoth(kit, cards, output);
            File.Delete(Below(Unfinished));
            await output.WriteLineAsync(CliWords.Say("setup.done", ("kit", kit.Kit)));
        }
        if (IsReal && isDone)
        {
            await TellTheRest(kit);
            isDone = await Start(ct);
        }
        if (!isDone)
            await output.WriteLineAsync(CliWords.Say("setup.again", ("kit", kit.Kit)));
        return isDone ? ExitCode.Ok : ExitCode.Failed;
    }

    // What a technician would otherwise learn at the black screen of another day.
    private async Task TellTheRest(KitSettings kit)
    {
        if (new LinkStore(kit).Room is var shown && shown != kit.Room)
            await output.WriteLineAsync(CliWords.Say("setup.other-room", ("room", shown)));
        if (Advice(kit) is { } advice)
            await output.WriteLineAsync(CliWords.Say(advice));
        if (kit.Broker is null)
            await output.WriteLineAsync(CliWords.Say("setup.no-broker"));
    }

    /// <summary>
    /// Writes the browser's policy: the standby page and the hosts of the meeting's description, and not the link's, for that may come later, and change.
    /// </summary>
    /// <param name="kit">The settings, every path whole.</param>
    /// <param name="ct">Ends it before it began.</param>
    /// <returns>Whether it is there; if not, why was told.</returns>
    public async Task<bool> WritePolicy(KitSettings kit, CancellationToken ct)
    {
        var meeting = MeetingDescription.Read(Below(kit.Meeting.Description));
        if (!meeting.IsGood)
        {
            foreach (var problem in meeting.Problems)
                await Console.Error.WriteLineAsync(problem.ToString());
            return false;
        }
        var script = Path.Combine(AppContext.BaseDirectory, "chromium-policy");
        return await Do("setup.policy", ("hosts", string.Join(", ", meeting.Value!.Hosts)), null,
            [script, "--to", Below(Policy), $"file://{Program}/screen/standby.html", .. meeting.Value.Hosts.Select(Origin)], ct);
    }

    // As in MeetingLink: http is for this machine alone.
    private static string Origin(string host) => new Uri($"http://{host}").IsLoopback ? $"http://{host}" : $"https://{host}";

    private async Task<bool> TakeLink(string from, KitSettings kit, CancellationToken ct)
    {
        var to = kit.Meeting.LinkFile;
        if (!await Do("setup.link", ("file", to), null,
                IsReal ? ["install", "-T", "--mode=600", $"--owner={Owner}", $"--group={Owner}", from, to] : ["install", "-DT", "--mode=600", from, Below(to)], ct))
            return false;
        if (IsReal)
            new LinkStore(kit).ForgetRoom();
        if (CloseToOthers(from) is { } word)
            await output.WriteLineAsync(CliWords.Say(word, ("file", from)));
        return true;
    }

    /// <summary>
    /// Takes the rights of others from the file that the technician brought, for it holds the secret too. FAT knows none: such a stick must be taken out.
    /// </summary>
    /// <returns>The name of what must be said of it, or null.</returns>
    internal static string? CloseToOthers(string file)
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & ~owner) == 0)
            return null;
        try
        {
            File.SetUnixFileMode(file, owner);
            return "setup.link-closed";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "setup.link-open";
        }
    }

    // What the agent would refuse, as a link that was there already, is said while there is a screen to say it on.
    private async Task<bool> IsWhole(string settings, KitSettings kit, CancellationToken ct)
    {
        if (!IsReal || Setup.ReadUnlinked(settings) is not null)
            return true;
        // Whoever put it there may have been root. Not through a symbolic link: the folder belongs to that user, too.
        if (!await Do(null, ("", ""), null, ["chown", "--no-dereference", $"{Owner}:{Owner}", "--", kit.Meeting.LinkFile], ct))
            return false;
        var read = Setup.Read(settings);
        foreach (var problem in read.Value is null ? read.Problems : [])
            await Console.Error.WriteLineAsync(problem.ToString());
        return read.Value is not null;
    }

    private static string? Advice(KitSettings kit) =>
        kit.Door is null && new DoorSettings().Problems(kit.Keys ?? new()).Any() ? "setup.no-chord"
        : !new LinkStore(kit).IsThere ? "setup.no-link"
        : kit.Door?.Chord is not "" && !new IdentityFolder((kit.Folders ?? new()).Data).HasDoorSecret ? "setup.no-door" : null;

    // As the agent's user, whose the key is; the code by a pipe, so that it stands in no list of processes. A code that a setup of before has used is no
    // reason to stop: whom the service gives its link to is enrolled.
    private async Task<bool> Enrol(string settings, string code, CancellationToken ct) =>
        await Do("setup.enrolled", ("", ""), code, [.. AsOwner, "enroll", "--settings", Below(settings)], ct)
        || await Do("setup.enrolled-already", ("", ""), null, [.. AsOwner, "link", "fetch", "--settings", Below(settings)], ct);

    // Whoever answered the room's label stands in it.
    private async Task<bool> Confirm(string settings, string room, bool isWanted, CancellationToken ct)
    {
        if (Setup.ReadUnenrolled(Below(settings)).Value is not { } kit)
            return true; // told already
        var links = new LinkStore(kit);
        if (links.WaitingRoom is null && (links.IsThere || !isWanted))
            return true;
        return await Do("setup.confirmed", ("room", room), null, [.. AsOwner, "link", "confirm", room, "--settings", Below(settings)], ct);
    }

    private IEnumerable<string> AsOwner => IsReal ? ["runuser", "-u", Owner, "--", Environment.ProcessPath!] : [Environment.ProcessPath!];

    // Without waiting: the kiosk takes the screen from the one who is setting up. What runs already is started anew once no class is on; what does not must not
    // be started twice, for a browser that has just begun to start would be ended.
    private async Task<bool> Start(CancellationToken ct)
    {
        var hasScreen = await Runs("classcontact-kiosk.service");
        var runs = hasScreen || await Runs("classcontact-agent.service");
        if (person is not null && !hasScreen && !IsWithoutKiosk())
        {
            await output.WriteAsync(CliWords.Say("setup.enter"));
            await output.FlushAsync(ct);
            await Task.Run(person.ReadLine, ct).WaitAsync(ct); // the prompt, and all that was said at it, goes with the kiosk's start
        }
        return await Do(IsWithoutKiosk() ? "setup.started-later" : "setup.started", ("", ""), null, ["systemctl", "--no-block", "start", "classcontact-reboot.path", "classcontact-kiosk.service", "classcontact-agent.service"], ct)
            && (!runs || await Do(null, ("", ""), null, ["systemctl", "--no-block", "start", "classcontact-restart.service"], ct));
    }

    // The word that keeps the kiosk off the screen for once (classcontact-kiosk.service).
    private static bool IsWithoutKiosk() => File.ReadAllText("/proc/cmdline").Split().Contains("nokiosk");

    private static Task<bool> Runs(string unit) => Systemctl("is-active", unit);

    private static async Task<bool> Systemctl(string asked, string unit)
    {
        using var process = Process.Start(new ProcessStartInfo("systemctl", [asked, "--quiet", unit]) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync(CancellationToken.None); // a unit that is not there
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0;
    }

    private async Task<bool> Do(string? said, (string, string) fill, string? input, IReadOnlyList<string> command, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var process = Begin(command);
        if (process is null)
            return false;
        if (input is not null)
            await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode == 0 && said is not null)
            await output.WriteLineAsync(CliWords.Say(said, fill));
        var isOurs = command[0] is "runuser" || command[0] == Environment.ProcessPath; // which has said why, unless it was killed
        if (process.ExitCode > (isOurs ? 128 : 0))
            Trouble.Tell(ExitCode.Failed, CliWords.Say("setup.failed", ("program", Path.GetFileName(command[0])), ("code", $"{process.ExitCode}")));
        return process.ExitCode == 0;
    }

    private static Process? Begin(IReadOnlyList<string> command)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true });
        }
        catch (Win32Exception e) // it is not there, or may not be run
        {
            Trouble.Tell(ExitCode.Failed, e.Message);
            return null;
        }
    }
}
