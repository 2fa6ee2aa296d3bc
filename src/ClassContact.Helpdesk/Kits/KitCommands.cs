using System.CommandLine;
using System.Globalization;
using System.Text;
using ClassContact.Helpdesk.Authority;
using ClassContact.Helpdesk.Register;
using ClassContact.Helpdesk.Words;
using ClassContact.Kit.Enrolment;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Helpdesk.Kits;

/// <summary>The commands of whoever looks after the kits: <c>code</c>, <c>link</c>, <c>revoke</c>, <c>kits</c>.</summary>
internal static class KitCommands
{
    /// <summary>The clock of codes and lists.</summary>
    private static readonly TimeProvider Time = TimeProvider.System;

    /// <summary><c>code KIT</c></summary>
    public static Command Code() => ForKit("code", async (kit, register, settings, ct) =>
    {
        var line = EnrollLine.Of(settings);
        var (text, kept) = OneTimeCode.Make(Time.GetUtcNow() + TimeSpan.FromHours(settings.CodeHours));
        var newest = await register.Change(kit, before => (before with { Code = kept }, before.Newest), ct);
        if (newest is not null && newest.Until > Time.GetUtcNow())
            Console.Error.WriteLine(HelpdeskWords.Say("code.still-valid", ("kit", $"{kit}"), ("until", Local(newest.Until))));
        Console.WriteLine(text);
        Console.Error.WriteLine(HelpdeskWords.Say("code.made", ("kit", $"{kit}"), ("until", Local(kept.Expires)), ("line", $"{line}"), ("server", line.Server), ("fingerprint", line.Fingerprint)));
        return ExitCode.Ok;
    });

    /// <summary><c>revoke KIT</c></summary>
    public static Command Revoke() => ForKit("revoke", async (kit, register, settings, ct) =>
    {
        if (!register.Knows(kit))
            return CommandRun.Fail(ExitCode.Failed, HelpdeskWords.Say("revoke.unknown", ("kit", $"{kit}")));
        var (count, trouble) = await register.Revoke(kit, ct);
        Console.WriteLine(HelpdeskWords.Say(settings.Revoke is null ? "revoke.by-hand" : "revoke.done", ("kit", $"{kit}"), ("count", $"{count}")));
        if (trouble is null)
            return ExitCode.Ok;
        var words = register.Read(kit).IsUntold(Time.GetUtcNow()) ? "revoke.untold" : "revoke.trouble";
        return CommandRun.Fail(ExitCode.Failed, HelpdeskWords.Say(words, ("reason", trouble)));
    });

    /// <summary><c>link KIT --room LABEL --file FILE</c>, <c>link KIT --none</c></summary>
    public static Command Link()
    {
        var room = new Option<string?>("--room") { Description = HelpdeskWords.Say("link.room"), HelpName = "LABEL" };
        var file = new Option<string?>("--file") { Description = HelpdeskWords.Say("link.file"), HelpName = "FILE" };
        var none = new Option<bool>("--none") { Description = HelpdeskWords.Say("link.none") };
        var command = ForKit("link", (kit, register, _, ct) => Task.FromResult(ExitCode.WrongUsage));
        foreach (var option in new Option[] { room, file, none })
            command.Options.Add(option);
        command.Validators.Add(line =>
        {
            if (line.GetValue(none) == (line.GetValue(room) is not null || line.GetValue(file) is not null) || line.GetValue(room) is null != line.GetValue(file) is null)
                line.AddError(HelpdeskWords.Say("link.usage"));
        });
        command.SetAction((line, ct) => With(line, async (_, register, stop) =>
        {
            var link = line.GetValue(none) ? null : new RoomLink(line.GetValue(room)!, await ReadLink(line.GetValue(file)!, stop));
            if (link?.WhyNot() is { } problem)
                return CommandRun.Fail(ExitCode.Failed, problem);
            var kit = KitId.Parse(line.GetValue<string>("KIT")!);
            if (!register.Knows(kit))
                return CommandRun.Fail(ExitCode.Failed, HelpdeskWords.Say("link.unknown", ("kit", $"{kit}")));
            register.SetLink(kit, link);
            Console.WriteLine(HelpdeskWords.Say(link is null ? "link.taken" : "link.set", ("kit", $"{kit}"), ("room", link?.Room ?? "")));
            return ExitCode.Ok;
        }, ct));
        return command;
    }

    /// <summary><c>kits</c></summary>
    public static Command Kits()
    {
        var command = new Command("kits", HelpdeskWords.Say("kits.help")) { CommandRun.Settings };
        command.SetAction((line, ct) => With(line, (_, register, _) => Task.FromResult(register.Kits().Select(kit => Show(kit, register)).Append(ExitCode.Ok).Max()), ct));
        return command;
    }

    // One that cannot be read hides no other.
    private static int Show(KitId kit, KitRegister register)
    {
        try
        {
            if (register.Knows(kit))
                Console.WriteLine(KitLine.Of(register.Read(kit), register.Link(kit), Time.GetUtcNow()));
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return CommandRun.Fail(ExitCode.Failed, e.Message);
        }
    }

    private static Command ForKit(string name, Func<KitId, KitRegister, Settings.HelpdeskSettings, CancellationToken, Task<int>> run)
    {
        var kit = new Argument<string>("KIT") { Description = HelpdeskWords.Say("kit.help") };
        var command = new Command(name, HelpdeskWords.Say($"{name}.help")) { kit, CommandRun.Settings };
        command.Validators.Add(line =>
        {
            if (line.GetValue(kit) is { } text && !CertificateRequests.IsForKits(text, out _))
                line.AddError(HelpdeskWords.Say("kit.wrong", ("rule", KitId.Rule)));
        });
        command.SetAction((line, ct) => With(line, (settings, register, stop) => run(KitId.Parse(line.GetValue(kit)!), register, settings, stop), ct));
        return command;
    }

    private static Task<int> With(ParseResult line, Func<Settings.HelpdeskSettings, KitRegister, CancellationToken, Task<int>> run, CancellationToken ct) =>
        CommandRun.With(line, (settings, stop) => WhyNot(settings.Data) is { } why
            ? Task.FromResult(CommandRun.Fail(ExitCode.Failed, why))
            : run(settings, new(settings, Time), stop), ct);

    // What root or another user makes in there, the service could not use.
    private static string? WhyNot(string data) =>
        !OperatingSystem.IsLinux() ? null
        : !FolderOwner.IsUs(data) ? HelpdeskWords.Say("data.owner", ("folder", data))
        : !Directory.Exists(data) && Environment.IsPrivilegedProcess ? HelpdeskWords.Say("data.not-there", ("folder", data))
        : null;

    // A link never stands on a command line, where every process list shows it.
    private static async Task<string> ReadLink(string file, CancellationToken ct)
    {
        using var reader = file == "-" ? Console.In : new StreamReader(file, Encoding.UTF8);
        var buffer = new char[RoomLink.LongestLink + 3];
        return new string(buffer, 0, await reader.ReadBlockAsync(buffer, ct)).Trim();
    }

    private static string Local(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, Time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
