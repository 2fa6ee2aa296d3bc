using System.CommandLine;
using System.Globalization;
using ClassContact.Helpdesk.Authority;
using ClassContact.Helpdesk.Words;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Helpdesk.Bundles;

/// <summary><c>classcontact-helpdesk bundles [KIT]</c>: what kits have sent, and where it lies. For whoever may read the folder.</summary>
internal static class BundlesCommand
{
    public static Command Create()
    {
        var kit = new Argument<string?>("KIT") { Description = HelpdeskWords.Say("kit.help"), Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("bundles", HelpdeskWords.Say("bundles.help")) { kit, CommandRun.Settings };
        command.Validators.Add(line =>
        {
            if (line.GetValue(kit) is { } text && !CertificateRequests.IsForKits(text, out _))
                line.AddError(HelpdeskWords.Say("kit.wrong", ("rule", KitId.Rule)));
        });
        command.SetAction((line, ct) => CommandRun.With(line, (settings, _) => Task.FromResult(Show(settings.BundleFolder, line.GetValue(kit))), ct));
        return command;
    }

    private static int Show(string folder, string? kit)
    {
        var found = BundleShelf.In(folder, kit is null ? null : KitId.Parse(kit));
        foreach (var file in found)
            Console.WriteLine(string.Join('\t', KeptBundle.KitOf(file.Name), file.LastWriteTimeUtc.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture), Size(file.Length), file.FullName));
        if (found.Count == 0)
            return CommandRun.Fail(ExitCode.Failed, kit is null ? HelpdeskWords.Say("bundles.none", ("folder", folder)) : HelpdeskWords.Say("bundles.none-of", ("kit", kit), ("folder", folder)));
        return ExitCode.Ok;
    }

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1024.0):0} kB");
}
