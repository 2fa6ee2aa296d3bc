using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.Json;
using ClassContact.Agent.Config;
using ClassContact.Agent.Enroll;
using ClassContact.Agent.Local;
using ClassContact.Agent.Words;
using ClassContact.Kit.Bundle;

namespace ClassContact.Agent.Bundle;

/// <summary><c>classcontact bundle</c>: everything that helps to understand this kit, and no secret, in one archive.</summary>
internal static class BundleCommand
{
    public static Command Create()
    {
        var to = new Option<string>("--to") { Description = CliWords.Say("bundle.help.to"), HelpName = "FILE|DIR", DefaultValueFactory = _ => "." };
        var settings = SettingsOption.Create();
        var command = new Command("bundle", CliWords.Say("bundle.help")) { to, settings };
        command.SetAction((line, ct) => OperatingSystem.IsLinux()
            ? Run(line.GetValue(settings)!, line.GetValue(to)!, ct)
            : Task.FromResult(Trouble.Tell(ExitCode.Failed, CliWords.Say("bundle.linux"))));
        return command;
    }

    [SupportedOSPlatform("linux")]
    private static async Task<int> Run(string settings, string to, CancellationToken ct)
    {
        if (to.Length == 0 || File.Exists(to))
            return Trouble.Tell(ExitCode.Failed, CliWords.Say(to.Length == 0 ? "bundle.nowhere" : "bundle.there", ("file", to)));
        if (!File.Exists(settings))
            Console.Error.WriteLine(CliWords.Say("bundle.no-settings", ("file", settings)));
        var folder = Directory.Exists(to) ? to : Path.GetDirectoryName(Path.GetFullPath(to))!;
        if (!Directory.Exists(folder))
            return Trouble.Tell(ExitCode.Failed, CliWords.Say("bundle.no-folder", ("folder", folder)));
        var made = await new BundleMaker(settings, KitBundle.Facts(await Status(settings, ct)), TimeProvider.System).Make(ct);
        var file = Path.GetFullPath(Directory.Exists(to) ? Path.Combine(to, made.Name) : to);
        try
        {
            made.Write(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Trouble.Tell(ExitCode.Failed, CliWords.Say("bundle.not-written", ("file", file), ("reason", e.Message)));
        }
        foreach (var gap in made.Manifest.Missing)
            await Console.Error.WriteLineAsync(CliWords.Say("bundle.missing", ("what", gap.What), ("why", gap.Why)));
        Console.WriteLine(CliWords.Say(
            "bundle.done", ("file", file), ("size", $"{(made.Bytes.Length + 1023) / 1024}"), ("count", $"{made.Manifest.Holds.Count + 1}"), ("left", $"{made.Manifest.Holds.Sum(entry => entry.LeftOut)}")));
        return ExitCode.Ok;
    }

    // Null where no agent answers: a bundle is wanted most of a kit that is not well.
    private static async Task<KitStatus?> Status(string settings, CancellationToken ct)
    {
        try
        {
            return (await PressClient.Ask(PressSocket.PathIn(Kit.Settings.Setup.ReadFolders(settings).Run), "status", TimeProvider.System, ct)).Status;
        }
        catch (Exception e) when (e is SocketException or TimeoutException or JsonException or IOException or ArgumentException)
        {
            return null;
        }
    }
}
