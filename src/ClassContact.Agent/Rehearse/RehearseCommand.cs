using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ClassContact.Agent.Config;
using ClassContact.Agent.Diagnose;
using ClassContact.Agent.Run;
using ClassContact.Agent.Words;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Rehearse;

/// <summary><c>classcontact rehearse</c>: the configured meeting, step by step, by a technician at the kit.</summary>
internal static class RehearseCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = CliWords.Say("rehearse.help.json") };
        var settings = SettingsOption.Create();
        var command = new Command("rehearse", CliWords.Say("rehearse.help")) { settings, json };
        command.SetAction((parsed, ct) => Run(parsed.GetValue(settings)!, parsed.GetValue(json), ct));
        return command;
    }

    private static async Task<int> Run(string path, bool json, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
            return Fail(ExitCode.Failed, CliWords.Say("rehearse.linux"));
        var setup = Setup.Read(path);
        if (setup.Value is null)
            return ConfigCommand.Tell(setup.Problems);
        try
        {
            using var kit = InstanceLock.TryTake(setup.Value.Folders, out var heldIn);
            if (kit is null)
                return Fail(ExitCode.AnotherRuns, CliWords.Say("rehearse.another", ("folder", heldIn!)));
            // An agent that died leaves its class running.
            return (await new Lesson(setup.Value, TimeProvider.System).Ask(ct)).State is LessonState.None
                ? await Rehearse(setup.Value, json, ct)
                : Fail(ExitCode.Refused, CliWords.Say("rehearse.lesson"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCode.Failed, CliWords.Say("run.folder", ("reason", e.Message)));
        }
    }

    [SupportedOSPlatform("linux")]
    private static async Task<int> Rehearse(Setup setup, bool json, CancellationToken ct)
    {
        var at = TimeProvider.System.GetUtcNow();
        await Console.Error.WriteLineAsync(CliWords.Say("rehearse.opens", ("meeting", setup.Meeting.Name)));
        // A terminal that is closed must not leave the camera open either.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        var rehearsal = await new RehearseRun(setup, TimeProvider.System).Run(point =>
        {
            if (!json)
                Console.WriteLine(RehearseText.Line(point));
        }, stop.Token);
        var isGood = !rehearsal.HasFailed && !stop.IsCancellationRequested;
        Console.WriteLine(json
            ? RehearseDocument.Of(rehearsal, setup, at, isGood).ToJson()
            : RehearseText.Remedy(rehearsal, setup) ?? CliWords.Say(isGood ? "rehearse.good" : "rehearse.stopped"));
        return isGood ? ExitCode.Ok : ExitCode.Failed;
    }

    private static int Fail(int code, string text)
    {
        Console.Error.WriteLine($"classcontact: {text}");
        return code;
    }
}
