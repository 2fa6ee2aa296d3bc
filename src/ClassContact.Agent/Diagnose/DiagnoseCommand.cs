using System.CommandLine;
using ClassContact.Agent.Config;
using ClassContact.Agent.Words;
using ClassContact.Kit;
using ClassContact.Kit.Settings;
using Spectre.Console;

namespace ClassContact.Agent.Diagnose;

/// <summary><c>classcontact diagnose</c>: every check once, by a person at the kit.</summary>
internal static class DiagnoseCommand
{
    public static Command Create()
    {
        var only = new Option<string[]>("--only")
        {
            Description = CliWords.Say("diagnose.help.only"), HelpName = "CODE[,CODE]", AllowMultipleArgumentsPerToken = true,
        };
        var language = new Option<string?>("--language") { Description = CliWords.Say("diagnose.help.language"), HelpName = "fr|en" };
        language.AcceptOnlyFromAmong([.. Kit.Screen.Words.Languages]);
        var json = new Option<bool>("--json") { Description = CliWords.Say("diagnose.help.json") };
        var settings = SettingsOption.Create();
        var command = new Command("diagnose", CliWords.Say("diagnose.help")) { only, language, json, settings };
        command.SetAction((parsed, ct) => Run(
            new(parsed.GetValue(settings)!, Codes(parsed.GetValue(only)), parsed.GetValue(language), parsed.GetValue(json)), ct));
        return command;
    }

    private static async Task<int> Run(DiagnoseOptions options, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
        {
            await Console.Error.WriteLineAsync(CliWords.Say("diagnose.linux"));
            return ExitCode.Failed;
        }
        var setup = Setup.Read(options.Settings);
        return setup.Value is not null
            ? await new DiagnoseRun(options, setup.Value, AnsiConsole.Console, Console.Error, TimeProvider.System).Run(KitChecks.Of, ct)
            : ConfigCommand.Tell(setup.Problems);
    }

    private static List<string> Codes(string[]? values) =>
        [.. (values ?? []).SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];
}
