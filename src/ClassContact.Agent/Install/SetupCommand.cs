using System.CommandLine;
using ClassContact.Agent.Config;
using ClassContact.Agent.Enroll;
using ClassContact.Agent.Words;
using ClassContact.Kit;
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
        var read = file is null ? new(new(), []) : Answers.Read(file);
        if (there.Problems.Count + read.Problems.Count > 0)
            return ConfigCommand.Tell([.. there.Problems, .. read.Problems]);
        if (await kit.HasDesktop())
            return Trouble.Tell(ExitCode.Failed, CliWords.Say("setup.desktop"));
        if (!kit.HasGraphics)
            return Trouble.Tell(ExitCode.Failed, CliWords.Say("setup.no-graphics"));
        var answers = read.Value!;
        Questions questions = new(there.Value, Person, Console.Out, kit.IsReal ? DevicesHere.Look() : DevicesHere.None);
        KitSettings made;
        for (; ; ) // until a person has mended what was typed
        {
            var missing = questions.Ask(answers);
            made = KitFromAnswers.Make(answers, there.Value, kit.Below);
            var problems = missing.Count > 0 ? [] : Problems(file, answers, path, made, kit);
            if (questions.IsGivenUp)
                return Trouble.Tell(ExitCode.WrongUsage, CliWords.Say("setup.given-up"));
            if (missing.Count + problems.Count == 0)
                break;
            var code = missing.Count > 0 ? Trouble.Tell(ExitCode.WrongUsage, CliWords.Say("setup.missing", ("names", string.Join(", ", missing))))
                : ConfigCommand.Tell([.. problems.Select(problem => problem.Problem)]);
            if (!questions.TakeBack(answers, [.. missing, .. problems.Select(problem => problem.Question)]))
                return code;
        }
        kit.Begin();
        Directory.CreateDirectory(Path.GetDirectoryName(settings)!);
        if (kit.IsReal)
            made = KitInstallation.KeepAuthority(path, made);
        SettingsWriter.Write(settings, made);
        Console.WriteLine(CliWords.Say("setup.settings", ("file", settings)));
        return await kit.Install(path, made.In(FolderOf(path)), answers, cards, ct);
    }

    private static IReadOnlyList<AnswerProblem> Problems(string? file, Answers answers, string path, KitSettings made, KitInstallation kit)
    {
        var placed = made.In(FolderOf(path));
        return new AnswersCheck(file, answers)
            .Problems(SettingsWriter.Problems(kit.Below(path), made), kit.Below(placed.Meeting.Description), kit.Below((placed.Folders ?? new()).Data));
    }

    private static TextReader? Person => Console.IsInputRedirected ? null : Console.In;

    // Where relative paths of settings begin.
    private static string FolderOf(string settings) => Path.GetDirectoryName(Path.GetFullPath(settings))!;
}
