using System.CommandLine;
using System.CommandLine.Parsing;
using ClassContact.Agent.Watch;
using ClassContact.Agent.Words;
using ClassContact.Messages;

namespace ClassContact.Agent.Tell;

/// <summary><c>classcontact tell KIT "text"</c>: a line from the helpdesk on a kit's screen.</summary>
internal static class TellCommand
{
    private static readonly BrokerOptions Broker = new();
    private static readonly Argument<string> Kit = new("KIT");
    private static readonly Argument<string> Text = new("TEXT");

    internal static Command Create()
    {
        (Kit.Description, Text.Description) = (CliWords.Say("tell.kit"), CliWords.Say("tell.text"));
        var command = new Command("tell", CliWords.Say("tell.help")) { Kit, Text };
        Broker.AddTo(command);
        command.Validators.Add(Check);
        command.SetAction((line, ct) => new AskRun(
            AskOptions.Tell(Broker.Of(line), KitId.Parse(line.GetValue(Kit)!), line.GetValue(Text)!), Console.Out, Console.Error, TimeProvider.System).Run(ct));
        return command;
    }

    // The kit has the same rule for the text; to hear of it here is quicker.
    private static void Check(CommandResult line)
    {
        CheckKit(line, line.GetValue(Kit));
        if (line.GetValue(Text) is { } text)
            CheckText(line, text);
    }

    /// <summary>Says what is wrong with a kit's name.</summary>
    internal static void CheckKit(CommandResult line, string? kit)
    {
        if (kit is not null && !KitId.TryParse(kit, out _))
            line.AddError(CliWords.Say("watch.not-a-kit", ("kit", Printable.Of(kit, 80)), ("rule", KitId.Rule)));
    }

    /// <summary>Says what is wrong with a line for the room.</summary>
    internal static void CheckText(CommandResult line, string text)
    {
        if (PlainLine.ProblemOf(text, ShowMessage.Longest) is { } problem)
            line.AddError(CliWords.Say($"tell.{problem}"));
    }
}
