using System.CommandLine;
using System.CommandLine.Parsing;
using ClassContact.Agent.Words;
using ClassContact.Messages;
using ClassContact.Mqtt;
using Spectre.Console;

namespace ClassContact.Agent.Watch;

/// <summary><c>classcontact watch</c>: the kits that a broker knows.</summary>
internal static class WatchCommand
{
    // IANA's ports for MQTT without and with TLS.
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;
    private const string ThisMachine = "127.0.0.1";

    private static readonly Option<string> Broker = new("--broker") { HelpName = "HOST", DefaultValueFactory = _ => ThisMachine };
    private static readonly Option<int?> Port = new("--port") { HelpName = "N" };
    private static readonly Option<string?> Ca = new("--ca") { HelpName = "FILE" };
    private static readonly Option<string?> Cert = new("--cert") { HelpName = "FILE" };
    private static readonly Option<string?> Key = new("--key") { HelpName = "FILE" };
    private static readonly Option<string[]> Kit = new("--kit") { HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<bool> Once = new("--once");
    private static readonly Option<int?> Seconds = new("--seconds") { HelpName = "N" };
    private static readonly Option<bool> Json = new("--json");

    internal static Command Create()
    {
        var command = new Command("watch", CliWords.Say("watch.help"));
        foreach (var option in new Option[] { Broker, Port, Ca, Cert, Key, Kit, Once, Seconds, Json })
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
        // A validator is asked before defaults are filled in.
        foreach (var problem in Where(line.GetValue(Broker) ?? ThisMachine, line.GetValue(Port), FilesOf(line.GetValue)).Problems())
            line.AddError(problem);
    }

    private static TlsFiles FilesOf(Func<Option<string?>, string?> value) => new(value(Ca), value(Cert), value(Key));

    private static BrokerSettings Where(string host, int? port, TlsFiles files)
    {
        // Plain settings have a problem unless the host is this machine.
        var tls = files != new TlsFiles() || new BrokerSettings(host).Problems().Any();
        return new(host, port ?? (tls ? TlsPort : PlainPort), tls ? files : null);
    }

    private static Task<int> Run(ParseResult line, CancellationToken ct)
    {
        var broker = Where(line.GetValue(Broker)!, line.GetValue(Port), FilesOf(line.GetValue));
        var kits = (line.GetValue(Kit) ?? []).Select(KitId.Parse).Distinct().ToList();
        var limit = line.GetValue(Seconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var options = new WatchOptions(broker, kits, line.GetValue(Once), limit, line.GetValue(Json));
        return new WatchRun(options, AnsiConsole.Console, Console.Out, Console.Error, TimeProvider.System).Run(ct);
    }
}
