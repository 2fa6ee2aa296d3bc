using System.CommandLine;
using ClassContact.Agent.Config;
using ClassContact.Agent.Words;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Card;

/// <summary><c>classcontact card teacher|class</c>: a page to print for this kit. It reads the settings' file, and, where it may, the label that came with the link.</summary>
internal static class CardCommand
{
    public static Command Create()
    {
        var card = new Argument<string>("CARD") { Description = CliWords.Say("card.which"), HelpName = "teacher|class" }.AcceptOnlyFromAmong("teacher", "class");
        var to = new Option<string?>("--to") { Description = CliWords.Say("card.to"), HelpName = "FILE" };
        var settings = SettingsOption.Create();
        var command = new Command("card", CliWords.Say("card.help")) { card, to, settings };
        command.SetAction(parsed => Run(parsed.GetValue(card)!, parsed.GetValue(to), parsed.GetValue(settings)!));
        return command;
    }

    private static int Run(string card, string? to, string settings)
    {
        var kit = Setup.ReadUnenrolled(settings); // a card is printed before there is a link
        if (!kit.IsGood)
            return ConfigCommand.Tell(kit.Problems);
        var page = CardFiles.Of(kit.Value!, card);
        try
        {
            if (to is null)
            {
                Console.Write(page);
                return ExitCode.Ok;
            }
            File.WriteAllText(to, page);
            Console.WriteLine(CliWords.Say("card.written", ("file", to)));
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine($"classcontact: {CliWords.Say("card.unwritten", ("file", to ?? "-"), ("reason", Directory.Exists(to) ? CliWords.Say("card.folder") : e.Message))}");
            return ExitCode.Failed;
        }
    }
}
