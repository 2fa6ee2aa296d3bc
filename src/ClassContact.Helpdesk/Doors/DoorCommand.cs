using System.CommandLine;
using System.Globalization;
using ClassContact.Helpdesk.Authority;
using ClassContact.Helpdesk.Register;
using ClassContact.Helpdesk.Settings;
using ClassContact.Helpdesk.Words;
using ClassContact.Kit.Screen;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Helpdesk.Doors;

/// <summary><c>door KIT</c>: the code of the day for a kit's technician's screen.</summary>
internal static class DoorCommand
{
    public static Command Create()
    {
        var kit = new Argument<string>("KIT") { Description = HelpdeskWords.Say("kit.help") };
        var date = new Option<string?>("--date") { Description = HelpdeskWords.Say("door.date"), HelpName = "YYYY-MM-DD" };
        var command = new Command("door", HelpdeskWords.Say("door.help")) { kit, date, CommandRun.Settings };
        command.Validators.Add(line =>
        {
            if (line.GetValue(kit) is { } name && !CertificateRequests.IsForKits(name, out _))
                line.AddError(HelpdeskWords.Say("kit.wrong", ("rule", KitId.Rule)));
            if (line.GetValue(date) is { } text && DateOf(text) is null)
                line.AddError(HelpdeskWords.Say("door.date-wrong", ("date", text)));
        });
        command.SetAction((line, ct) => CommandRun.With(line, (settings, _) => Task.FromResult(
            Print(settings, KitId.Parse(line.GetValue(kit)!), line.GetValue(date) is { } text ? DateOf(text)!.Value : HelpdeskHours.DayOf(TimeProvider.System.GetUtcNow()))), ct));
        return command;
    }

    private static int Print(HelpdeskSettings settings, KitId kit, DateOnly day)
    {
        if (settings.DoorKeyFile is not { } file)
            return CommandRun.Fail(ExitCode.Failed, HelpdeskWords.Say("door.no-key"));
        // Of a name that was misheard a code comes just as well, and opens nothing.
        if (Directory.Exists(Path.Combine(settings.Data, "kits")) && !new KitRegister(settings, TimeProvider.System).Knows(kit))
            return CommandRun.Fail(ExitCode.Failed, HelpdeskWords.Say("door.unknown", ("kit", $"{kit}")));
        var code = DoorCode.Of(DoorCode.SecretOf(DoorKey.Read(file), kit), day);
        Console.WriteLine($"{code[..4]} {code[4..]}");
        Console.Error.WriteLine(HelpdeskWords.Say("door.made", ("kit", $"{kit}"), ("date", $"{day:yyyy-MM-dd}")));
        return ExitCode.Ok;
    }

    private static DateOnly? DateOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
