using System.CommandLine;
using System.CommandLine.Parsing;
using ClassContact.Agent.Watch;
using ClassContact.Agent.Words;
using ClassContact.Messages;

namespace ClassContact.Agent.Tell;

/// <summary><c>classcontact ask KIT REQUEST</c>: whatever the helpdesk may ask of a kit.</summary>
internal static class AskCommand
{
    private static readonly BrokerOptions Broker = new();
    private static readonly Argument<string> Kit = new("KIT");
    private static readonly Argument<string> Name = new("REQUEST");
    private static readonly Option<string?> Text = new("--text") { HelpName = "TEXT" };
    private static readonly Option<string?> Level = new("--level") { HelpName = "LEVEL" };
    private static readonly Option<int?> Minutes = new("--minutes") { HelpName = "N" };

    internal static Command Create()
    {
        (Kit.Description, Name.Description) = (CliWords.Say("tell.kit"), CliWords.Say("ask.request", ("known", string.Join(", ", RequestName.All))));
        (Text.Description, Level.Description, Minutes.Description) = (CliWords.Say("tell.text"), CliWords.Say("ask.level"), CliWords.Say("ask.minutes"));
        var command = new Command("ask", CliWords.Say("ask.help")) { Kit, Name, Text, Level, Minutes };
        Broker.AddTo(command);
        command.Validators.Add(Check);
        command.SetAction((line, ct) => new AskRun(OptionsOf(line), Console.Out, Console.Error, TimeProvider.System).Run(ct));
        return command;
    }

    private static AskOptions OptionsOf(ParseResult line)
    {
        var (broker, kit, name) = (Broker.Of(line), KitId.Parse(line.GetValue(Kit)!), line.GetValue(Name)!);
        return name switch
        {
            RequestName.ShowMessage => AskOptions.Tell(broker, kit, line.GetValue(Text)!),
            RequestName.SetLogLevel => new(broker, kit, name, request => Wire.WriteRequest(request, new SetLogLevel(line.GetValue(Level)!, line.GetValue(Minutes)!.Value))),
            _ => new(broker, kit, name, Wire.WriteRequest),
        };
    }

    // The kit has the same rules; to hear of them here is quicker.
    private static void Check(CommandResult line)
    {
        TellCommand.CheckKit(line, line.GetValue(Kit));
        var name = line.GetValue(Name);
        if (name is null)
            return;
        if (!RequestName.All.Contains(name))
            line.AddError(CliWords.Say("ask.unknown", ("name", Printable.Of(name, 80)), ("known", string.Join(", ", RequestName.All))));
        var (text, level, minutes) = (line.GetValue(Text), line.GetValue(Level), line.GetValue(Minutes));
        if ((name is RequestName.ShowMessage) != (text is not null))
            line.AddError(CliWords.Say("ask.text-goes-with"));
        else if (text is not null)
            TellCommand.CheckText(line, text);
        var isGood = level is not null && minutes is { } some && new SetLogLevel(level, some).IsGood();
        if (name is RequestName.SetLogLevel ? !isGood : level is not null || minutes is not null)
            line.AddError(CliWords.Say("ask.level-goes-with", ("levels", string.Join(", ", SetLogLevel.Levels))));
    }
}
