using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using ClassContact.Agent.Words;
using ClassContact.Mqtt;

namespace ClassContact.Agent.Watch;

/// <summary>The options of a command of the helpdesk that tell where the broker is.</summary>
internal sealed class BrokerOptions
{
    // IANA's ports for MQTT without and with TLS.
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;
    private const string ThisMachine = "127.0.0.1";

    private static readonly (string Name, string Option)[] Fields =
        [("^host ", "--broker "), ("^port ", "--port "), (@"(^tls\.)?\bcaFile\b", "--ca"), (@"(^tls\.)?\bcertificateFile\b", "--cert"), (@"(^tls\.)?\bkeyFile\b", "--key")];

    private readonly Option<string> host = new("--broker") { HelpName = "HOST", DefaultValueFactory = _ => ThisMachine };
    private readonly Option<int?> port = new("--port") { HelpName = "N" };
    private readonly Option<string?> ca = new("--ca") { HelpName = "FILE" };
    private readonly Option<string?> cert = new("--cert") { HelpName = "FILE" };
    private readonly Option<string?> key = new("--key") { HelpName = "FILE" };

    /// <summary>Gives a command these options, with their words and their check.</summary>
    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { host, port, ca, cert, key })
        {
            option.Description = CliWords.Say($"watch.help.{option.Name[2..]}");
            command.Options.Add(option);
        }
        command.Validators.Add(Check);
    }

    /// <summary>What was given.</summary>
    internal BrokerSettings Of(ParseResult line) => Where(line.GetValue(host)!, line.GetValue(port), FilesOf(line.GetValue));

    // A validator is asked before defaults are filled in.
    private void Check(CommandResult line)
    {
        foreach (var problem in Where(line.GetValue(host) ?? ThisMachine, line.GetValue(port), FilesOf(line.GetValue)).Problems())
            line.AddError(AsTyped(problem));
    }

    // The problem names fields of a file of settings; here nobody has one.
    private static string AsTyped(string problem) => Fields.Aggregate(problem, (text, field) => Regex.Replace(text, field.Name, field.Option));

    private TlsFiles FilesOf(Func<Option<string?>, string?> value) => new(value(ca), value(cert), value(key));

    private static BrokerSettings Where(string host, int? port, TlsFiles files)
    {
        // Plain settings have a problem unless the host is this machine.
        var tls = files != new TlsFiles() || new BrokerSettings(host).Problems().Any();
        return new(host, port ?? (tls ? TlsPort : PlainPort), tls ? files : null);
    }
}
