using System.CommandLine;
using ClassContact.Agent.Words;
using Spectre.Console;

namespace ClassContact.Agent.Privacy;

/// <summary><c>classcontact privacy</c>: everything that leaves a kit. It asks nobody and needs no settings.</summary>
internal static class PrivacyCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = CliWords.Say("privacy.help.json") };
        var command = new Command("privacy", CliWords.Say("privacy.help")) { json };
        command.SetAction(parsed => Show(parsed.GetValue(json)));
        return command;
    }

    private static int Show(bool json)
    {
        if (json)
            Console.WriteLine(PrivacyDocument.Current.ToJson());
        else
            AnsiConsole.Write(PrivacyText.Of(PrivacyDocument.Current));
        return ExitCode.Ok;
    }
}
