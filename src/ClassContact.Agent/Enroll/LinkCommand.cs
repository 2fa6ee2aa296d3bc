using System.CommandLine;
using ClassContact.Agent.Config;
using ClassContact.Agent.Words;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Enroll;

/// <summary><c>classcontact link</c>: which room's link waits, and its confirmation. The link itself is never shown.</summary>
internal static class LinkCommand
{
    public static Command Create()
    {
        var settings = SettingsOption.Create();
        var label = new Command("show-label", CliWords.Say("link.show-label.help")) { settings };
        label.SetAction(line => With(line.GetValue(settings)!, ShowLabel));
        var confirm = new Command("confirm", CliWords.Say("link.confirm.help")) { settings };
        confirm.SetAction(line => With(line.GetValue(settings)!, Confirm));
        return new("link", CliWords.Say("link.help")) { label, confirm };
    }

    private static int With(string path, Func<LinkStore, int> run)
    {
        var read = Setup.ReadUnenrolled(path);
        if (!read.IsGood)
            return ConfigCommand.Tell(read.Problems);
        if (EnrollRun.WhyNot((read.Value!.Folders ?? new()).Data) is { } why)
            return Trouble.Tell(ExitCode.Failed, why);
        try
        {
            return run(new(read.Value));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Trouble.Tell(ExitCode.Failed, e.Message);
        }
    }

    private static int ShowLabel(LinkStore links)
    {
        Console.WriteLine(CliWords.Say("link.room", ("room", links.Room)));
        if (links.WaitingRoom is { } waiting)
            Console.WriteLine(CliWords.Say("link.waits", ("room", waiting)));
        return links.WaitingRoom is null ? ExitCode.Failed : ExitCode.Ok;
    }

    private static int Confirm(LinkStore links)
    {
        if (links.Confirm() is not { } room)
            return Trouble.Tell(ExitCode.Failed, CliWords.Say("link.none-waits"));
        Console.WriteLine(CliWords.Say("link.confirmed", ("room", room)));
        return ExitCode.Ok;
    }
}
