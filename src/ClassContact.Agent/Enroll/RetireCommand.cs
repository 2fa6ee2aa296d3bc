using System.CommandLine;
using ClassContact.Agent.Config;
using ClassContact.Agent.Run;
using ClassContact.Agent.Watch;
using ClassContact.Agent.Words;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Enroll;

/// <summary><c>classcontact retire KIT</c>: takes the kit out of use, and says line by line what it did.</summary>
internal static class RetireCommand
{
    public static Command Create()
    {
        var settings = SettingsOption.Create();
        var kit = new Argument<string>("KIT") { Description = CliWords.Say("retire.kit") };
        var offline = new Option<bool>("--offline") { Description = CliWords.Say("retire.offline") };
        var command = new Command("retire", CliWords.Say("retire.help")) { kit, offline, settings };
        command.SetAction((line, ct) => Run(line.GetValue(settings)!, line.GetValue(kit)!, line.GetValue(offline), ct));
        return command;
    }

    private static async Task<int> Run(string path, string named, bool offline, CancellationToken ct)
    {
        var read = Setup.ReadUnenrolled(path);
        if (!read.IsGood)
            return ConfigCommand.Tell(read.Problems);
        var (kit, folders) = (read.Value!, read.Value!.Folders ?? new());
        if (kit.Kit != named)
            return Trouble.Tell(ExitCode.WrongUsage, CliWords.Say("retire.other", ("kit", kit.Kit)));
        if (EnrollRun.WhyNot(folders.Data) is { } why)
            return Trouble.Tell(ExitCode.Failed, why);
        try
        {
            using var alone = Alone(folders, out var heldIn);
            return heldIn is null ? await Retire(kit, offline, ct) : Trouble.Tell(ExitCode.AnotherRuns, CliWords.Say("retire.running"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Trouble.Tell(ExitCode.Failed, e.Message);
        }
    }

    // An agent that still runs would say everything anew. A unit that is stopped takes its folder along.
    private static InstanceLock? Alone(FolderSettings folders, out string? heldIn)
    {
        heldIn = null;
        return !Directory.Exists(folders.Run) ? null
            : InstanceLock.TryTake(Directory.Exists(folders.Kiosk) ? folders : folders with { Kiosk = folders.Run }, out heldIn);
    }

    private static async Task<int> Retire(KitSettings kit, bool offline, CancellationToken ct)
    {
        var isDone = true;
        await foreach (var line in new Retirement(kit, TimeProvider.System).Run(offline, ct))
        {
            Console.WriteLine($"{CliWords.Of("retire", line.Step),-32}{CliWords.Of("retire", line.Result)}{(line.Why is { } why ? $": {Printable.Of(why, 200)}" : "")}");
            isDone &= line.Result is not RetireResult.Left;
        }
        Console.WriteLine(CliWords.Say(isDone ? "retire.over" : "retire.again", ("kit", kit.Kit)));
        return isDone ? ExitCode.Ok : ExitCode.Failed;
    }
}
