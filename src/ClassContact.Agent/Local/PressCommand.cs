using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;
using ClassContact.Agent.Config;

namespace ClassContact.Agent.Local;

/// <summary><c>classcontact press start|end</c> and <c>classcontact status</c>: what one asks the agent at its socket.</summary>
internal static class PressCommand
{
    public static Command CreatePress()
    {
        var (run, settings) = Where();
        var action = new Argument<string>("start|end") { Description = CliWords.Of("press.action") };
        action.AcceptOnlyFromAmong("start", "end");
        var command = new Command("press", CliWords.Of("press.help")) { action, run, settings };
        command.SetAction((parsed, ct) => Ask(parsed, run, settings, parsed.GetValue(action)!, _ => CliWords.Of($"press.{parsed.GetValue(action)}"), ct));
        return command;
    }

    public static Command CreateStatus()
    {
        var (run, settings) = Where();
        var json = new Option<bool>("--json") { Description = CliWords.Of("status.json") };
        var command = new Command("status", CliWords.Of("status.help")) { json, run, settings };
        command.SetAction((parsed, ct) => Ask(
            parsed, run, settings, "status",
            answer => parsed.GetValue(json) ? JsonSerializer.Serialize(answer.Status!, LocalJson.Default.KitStatus) : StatusText.Of(answer.Status!), ct));
        return command;
    }

    private static (Option<string?> Run, Option<string> Settings) Where() =>
        (new("--run") { Description = CliWords.Of("run-folder.help"), HelpName = "FOLDER" }, SettingsOption.Create());

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
                return (int)ExitCode.Refused;
            }
            Console.WriteLine(tell(answer));
            return (int)ExitCode.Ok;
        }
        catch (SocketException e)
        {
            var refused = e.SocketErrorCode is SocketError.AccessDenied;
            await Console.Error.WriteLineAsync($"classcontact: {CliWords.Of(refused ? "press.denied" : "press.no-agent", socket)}");
            return (int)(refused ? ExitCode.Refused : ExitCode.Unreachable);
        }
        catch (Exception e) when (e is TimeoutException or JsonException or IOException)
        {
            await Console.Error.WriteLineAsync($"classcontact: {CliWords.Of("press.no-answer", socket)}");
            return (int)ExitCode.Unreachable;
        }
    }

    // Whoever may press need not be able to read the settings: then the agent is looked for in its usual place.
    private static string Folder(string settings) => Kit.Settings.Setup.ReadFolders(settings).Run;
}
