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
        var room = new Argument<string>("LABEL") { Description = CliWords.Say("link.confirm.label") };
        var fetch = new Command("fetch", CliWords.Say("link.fetch.help")) { settings };
        fetch.SetAction((line, ct) => With(line.GetValue(settings)!, (kit, links) => Fetch(kit, links, ct)));
        var label = new Command("show-label", CliWords.Say("link.show-label.help")) { settings };
        label.SetAction((line, _) => With(line.GetValue(settings)!, (_, links) => Task.FromResult(ShowLabel(links))));
        var confirm = new Command("confirm", CliWords.Say("link.confirm.help")) { room, settings };
        confirm.SetAction((line, _) => With(line.GetValue(settings)!, (_, links) => Task.FromResult(Confirm(links, line.GetValue(room)!))));
        return new("link", CliWords.Say("link.help")) { fetch, label, confirm };
    }

    /// <summary>Asks the service, and says which room waits now.</summary>
    internal static async Task<int> Fetch(KitSettings kit, LinkStore links, CancellationToken ct)
    {
        try
        {
            if ((await new LinkPull(kit, links, TimeProvider.System).Run(ct)).Problem is { } problem)
                return Trouble.Tell(ExitCode.Failed, problem);
            if (links.WaitingRoom is { } waiting)
                Console.WriteLine(CliWords.Say("link.waits", ("room", waiting)));
            else
                Console.WriteLine(CliWords.Say(links.IsThere ? "link.same" : "link.none", ("room", links.Room)));
            return ExitCode.Ok;
        }
        catch (EnrolmentException e)
        {
            return Trouble.Tell(e.IsRefusal ? ExitCode.Refused : ExitCode.CannotBeReached, e.Message);
        }
    }

    private static async Task<int> With(string path, Func<KitSettings, LinkStore, Task<int>> run)
    {
        var read = Setup.ReadUnenrolled(path);
        if (!read.IsGood)
            return ConfigCommand.Tell(read.Problems);
        if (EnrollRun.WhyNot((read.Value!.Folders ?? new()).Data) is { } why)
            return Trouble.Tell(ExitCode.Failed, why);
        try
        {
            return await run(read.Value, new(read.Value));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Trouble.Tell(ExitCode.Failed, e.Message);
        }
    }

    private static int ShowLabel(LinkStore links)
    {
        var waiting = links.WaitingRoom;
        Console.WriteLine(CliWords.Say(links.IsThere ? "link.room" : waiting is null ? "link.none" : "link.none-in-use", ("room", links.Room)));
        if (waiting is null)
            return ExitCode.Failed;
        Console.WriteLine(CliWords.Say("link.waits", ("room", waiting)));
        return ExitCode.Ok;
    }

    private static int Confirm(LinkStore links, string room)
    {
        if (!links.Confirm(room))
            return Trouble.Tell(ExitCode.Failed, links.WaitingRoom is { } other ? CliWords.Say("link.another", ("room", other)) : CliWords.Say("link.none-waits"));
        Console.WriteLine(CliWords.Say("link.confirmed", ("room", room)));
        return ExitCode.Ok;
    }
}
