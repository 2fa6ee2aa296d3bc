using System.CommandLine;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Config;

/// <summary><c>classcontact config check FILE</c>: everything that is wrong with a kit's settings, at once; <c>config origin FILE</c>: for the browser's policy.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = CliWords.Of("config.file") };
        var check = new Command("check", CliWords.Of("config.check.help")) { file };
        check.SetAction(parsed => Check(parsed.GetValue(file)!));
        var origin = new Command("origin", CliWords.Of("config.origin.help")) { file };
        origin.SetAction(parsed => Origin(parsed.GetValue(file)!));
        return new("config", CliWords.Of("config.help")) { check, origin };
    }

    /// <summary>Writes the problems as compilers do, <c>file:line: field text</c>.</summary>
    public static int Tell(IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
        Console.Error.WriteLine(CliWords.Of(problems.Count == 1 ? "config.problem" : "config.problems", problems.Count));
        return (int)ExitCode.SettingsHaveProblems;
    }

    private static int Check(string file)
    {
        var setup = Setup.Read(file);
        if (!setup.IsGood)
            return Tell(setup.Problems);
        Console.WriteLine(CliWords.Of("config.good", file, setup.Value!.Kit.Kit, setup.Value.Meeting.Name, setup.Value.Link.Host));
        return (int)ExitCode.Ok;
    }

    private static int Origin(string file)
    {
        var setup = Setup.Read(file);
        if (!setup.IsGood)
            return Tell(setup.Problems);
        Console.WriteLine(setup.Value!.Link.Origin);
        return (int)ExitCode.Ok;
    }
}
