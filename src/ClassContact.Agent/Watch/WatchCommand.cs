using System.CommandLine;
using System.CommandLine.Parsing;
using ClassContact.Agent.Words;
using ClassContact.Messages;
using Spectre.Console;

namespace ClassContact.Agent.Watch;

/// <summary><c>classcontact watch</c>: the kits that a broker knows.</summary>
internal static class WatchCommand
{
    private static readonly BrokerOptions Broker = new();
    private static readonly Option<string[]> Kit = new("--kit") { HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<bool> Once = new("--once");
    private static readonly Option<int?> Seconds = new("--seconds") { HelpName = "N" };
    private static readonly Option<bool> Json = new("--json");

    internal static Command Create()
    {
        var command = new Command("watch", CliWords.Say("watch.help"));
        Broker.AddTo(command);
        foreach (var option in new Option[] { Kit, Once, Seconds, Json })
        {
            option.Description = CliWords.Say($"watch.help.{option.Name[2..]}");
            command.Options.Add(option);
        }
        command.Validators.Add(Check);
        command.SetAction((line, ct) => Run(line, ct));
        return command;
    }

    private static void Check(CommandResult line)
    {
        foreach (var name in line.GetValue(Kit) ?? [])
            if (!KitId.TryParse(name, out _))
                line.AddError(CliWords.Say("watch.not-a-kit", ("kit", Printable.Of(name, 80)), ("rule", KitId.Rule)));
        if (line.GetValue(Seconds) is < 1 or > 86400)
            line.AddError(CliWords.Say("watch.seconds-out-of-range"));
    }

    private static Task<int> Run(ParseResult line, CancellationToken ct)
    {
        var kits = (line.GetValue(Kit) ?? []).Select(KitId.Parse).Distinct().ToList();
        var limit = line.GetValue(Seconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var options = new WatchOptions(Broker.Of(line), kits, line.GetValue(Once), limit, line.GetValue(Json));
        return new WatchRun(options, AnsiConsole.Console, Console.Out, Console.Error, TimeProvider.System).Run(ct);
    }
}
