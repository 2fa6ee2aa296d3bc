using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;
using ClassContact.Agent.Config;
using ClassContact.Agent.Words;

namespace ClassContact.Agent.Local;

/// <summary><c>classcontact press start|end|help</c> and <c>classcontact status</c>: what one asks the agent at its socket.</summary>
internal static class PressCommand
{
    public static Command CreatePress()
    {
        var (run, settings) = Where();
        var action = new Argument<string>("start|end|mute|help") { Description = CliWords.Say("press.action") };
        action.AcceptOnlyFromAmong("start", "end", "mute", "help");
        var command = new Command("press", CliWords.Say("press.help")) { action, run, settings };
        command.SetAction((parsed, ct) => Ask(parsed, run, settings, parsed.GetValue(action)!, _ => CliWords.Say($"press.taken.{parsed.GetValue(action)}"), ct));
        return command;
    }

    public static Command CreateStatus()
    {
        var (run, settings) = Where();
        var json = new Option<bool>("--json") { Description = CliWords.Say("status.json") };
        var command = new Command("status", CliWords.Say("status.help")) { json, run, settings };
        command.SetAction((parsed, ct) => Ask(
            parsed, run, settings, "status",
            answer => parsed.GetValue(json) ? JsonSerializer.Serialize(answer.Status!, LocalJson.Default.KitStatus) : StatusText.Of(answer.Status!), ct));
        return command;
    }

    private static (Option<string?> Run, Option<string> Settings) Where() =>
        (new("--run") { Description = CliWords.Say("run-folder.help"), HelpName = "FOLDER" }, SettingsOption.Create());

    private static async Task<int> Ask(
        ParseResult parsed, Option<string?> run, Option<string> settings, string request, Func<SocketAnswer, string> tell, CancellationToken ct)
    {
        var socket = PressSocket.PathIn(parsed.GetValue(run) ?? Folder(parsed.GetValue(settings)!));
        try
        {
            var answer = await PressClient.Ask(socket, request, TimeProvider.System, ct);
            if (answer.Error is { } error)
            {
                await Console.Error.WriteLineAsync($"classcontact: {error}");
                return ExitCode.Refused;
            }
            Console.WriteLine(tell(answer));
            return ExitCode.Ok;
        }
        catch (SocketException e)
        {
            var refused = e.SocketErrorCode is SocketError.AccessDenied;
            await Console.Error.WriteLineAsync($"classcontact: {CliWords.Say(refused ? "press.denied" : "press.no-agent", ("socket", socket))}");
            return refused ? ExitCode.Refused : ExitCode.CannotBeReached;
        }
        catch (Exception e) when (e is TimeoutException or JsonException or IOException or ArgumentException)
        {
            await Console.Error.WriteLineAsync($"classcontact: {CliWords.Say("press.no-answer", ("socket", socket))}");
            return ExitCode.CannotBeReached;
        }
    }

    // Whoever may press need not be able to read the settings: then the agent is looked for in its usual place.
    private static string Folder(string settings) => Kit.Settings.Setup.ReadFolders(settings).Run;
}
