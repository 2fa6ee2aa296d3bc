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
        command.SetAction((line, ct) => new TellRun(
            new(Broker.Of(line), KitId.Parse(line.GetValue(Kit)!), line.GetValue(Text)!), Console.Out, Console.Error, TimeProvider.System).Run(ct));
        return command;
    }

    // The kit has the same rule for the text; to hear of it here is quicker.
    private static void Check(CommandResult line)
    {
        if (line.GetValue(Kit) is { } kit && !KitId.TryParse(kit, out _))
            line.AddError(CliWords.Say("watch.not-a-kit", ("kit", Printable.Of(kit, 80)), ("rule", KitId.Rule)));
        if (line.GetValue(Text) is { } text && PlainLine.ProblemOf(text, ShowMessage.Longest) is { } problem)
            line.AddError(CliWords.Say($"tell.{problem}"));
    }
}
