using System.CommandLine;
using ClassContact.Agent.Words;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Config;

/// <summary><c>classcontact config check FILE</c>: everything that is wrong with a kit's settings, at once; <c>config origin FILE</c>: for the browser's policy.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = CliWords.Say("config.file") };
        var check = new Command("check", CliWords.Say("config.check.help")) { file };
        check.SetAction(parsed => Check(parsed.GetValue(file)!));
        var origin = new Command("origin", CliWords.Say("config.origin.help")) { file };
        origin.SetAction(parsed => Origin(parsed.GetValue(file)!));
        return new("config", CliWords.Say("config.help")) { check, origin };
    }

    /// <summary>Writes the problems as compilers do, <c>file:line: field text</c>.</summary>
    public static int Tell(IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
        Console.Error.WriteLine(CliWords.Say(problems.Count == 1 ? "config.problem" : "config.problems", ("count", $"{problems.Count}")));
        return ExitCode.SettingsHaveProblems;
    }

    private static int Check(string file)
    {
        var setup = Setup.Read(file);
        if (!setup.IsGood)
            return Tell(setup.Problems);
        Console.WriteLine(CliWords.Say("config.good", ("file", file), ("kit", setup.Value!.Kit.Kit), ("meeting", setup.Value.Meeting.Name), ("host", setup.Value.Link.Host)));
        return ExitCode.Ok;
    }

    private static int Origin(string file)
    {
        var setup = Setup.Read(file);
        if (!setup.IsGood)
            return Tell(setup.Problems);
        Console.WriteLine(setup.Value!.Link.Origin);
        return ExitCode.Ok;
    }
}
