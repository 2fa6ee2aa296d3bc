using System.CommandLine;
using ClassContact.Agent.Config;
using ClassContact.Agent.Enroll;
using ClassContact.Agent.Words;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Install;

/// <summary><c>classcontact setup</c>: makes a kit of a computer on which the package is installed.</summary>
internal static class SetupCommand
{
    public static Command Create()
    {
        var settings = SettingsOption.Create();
        var answers = new Option<string?>("--answers") { Description = CliWords.Say("setup.answers"), HelpName = "FILE" };
        var root = new Option<string>("--root") { Description = CliWords.Say("setup.root"), HelpName = "DIR", DefaultValueFactory = _ => "/" };
        var cards = new Option<string?>("--cards") { Description = CliWords.Say("setup.cards"), HelpName = "DIR" };
        var policy = new Option<bool>("--policy") { Description = CliWords.Say("setup.policy-only") };
        var command = new Command("setup", CliWords.Say("setup.help")) { answers, cards, root, settings, policy };
        command.SetAction(async (line, ct) =>
        {
            var (path, below) = (line.GetValue(settings)!, line.GetValue(root)!);
            if (below == "/" && !Environment.IsPrivilegedProcess)
                return Trouble.Tell(ExitCode.Failed, CliWords.Say("setup.not-root"));
            try
            {
                KitInstallation kit = new(below, Console.Out, Person);
                return line.GetValue(policy) ? await RenewPolicy(path, kit, ct) : await Run(line.GetValue(answers), line.GetValue(cards), path, kit, ct);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Trouble.Tell(ExitCode.Failed, e.Message);
            }
        });
        return command;
    }

    // What an upgrade does: its own list of what is allowed may be another one.
    private static async Task<int> RenewPolicy(string path, KitInstallation kit, CancellationToken ct)
    {
        var there = SettingsWriter.Read(kit.Below(path));
        if (there.Problems.Count > 0)
            return ConfigCommand.Tell(there.Problems);
        if (there.Value is not { } settings)
            return Trouble.Tell(ExitCode.Failed, CliWords.Say("setup.no-settings", ("file", kit.Below(path))));
        var isWritten = await kit.WritePolicy(settings.In(FolderOf(path)), ct);
        // Such as those of a newer version, after a way back: the agent would refuse them where nobody reads it.
        return SettingsWriter.Problems(kit.Below(path), settings) is { Count: > 0 } problems ? ConfigCommand.Tell(problems) : isWritten ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<int> Run(string? file, string? cards, string path, KitInstallation kit, CancellationToken ct)
    {
        if (cards is not null && !Directory.Exists(cards))
            return Trouble.Tell(ExitCode.WrongUsage, CliWords.Say("bundle.no-folder", ("folder", cards)));
        var settings = kit.Below(path);
        var there = SettingsWriter.Read(settings);
        var answers = file is null ? new(new(), []) : Answers.Read(file);
        if (there.Problems.Count + answers.Problems.Count > 0)
            return ConfigCommand.Tell([.. there.Problems, .. answers.Problems]);
        var missing = Questions.Ask(answers.Value!, there.Value, Person, Console.Out);
        if (missing.Count > 0)
            return Trouble.Tell(ExitCode.WrongUsage, CliWords.Say("setup.missing", ("names", string.Join(", ", missing))));
        var made = KitFromAnswers.Make(answers.Value!, there.Value);
        var check = new AnswersCheck(file ?? CliWords.Say("setup.typed"), answers.Value!);
        var placed = made.In(FolderOf(path));
        IReadOnlyList<Problem> problems =
        [
            .. SettingsWriter.Problems(settings, made),
            .. check.Problems(kit.Below(placed.Meeting.Description), kit.Below((placed.Folders ?? new()).Data)),
        ];
        if (problems.Count > 0)
            return ConfigCommand.Tell(problems);
        if (await kit.HasDesktop())
            return Trouble.Tell(ExitCode.Failed, CliWords.Say("setup.desktop"));
        kit.Begin();
        Directory.CreateDirectory(Path.GetDirectoryName(settings)!);
        if (kit.IsReal)
            made = KitInstallation.KeepAuthority(path, made);
        SettingsWriter.Write(settings, made);
        Console.WriteLine(CliWords.Say("setup.settings", ("file", settings)));
        placed = made.In(FolderOf(path));
        return await kit.Install(path, placed, answers.Value!, cards, ct);
    }

    private static TextReader? Person => Console.IsInputRedirected ? null : Console.In;

    // Where relative paths of settings begin.
    private static string FolderOf(string settings) => Path.GetDirectoryName(Path.GetFullPath(settings))!;
}
