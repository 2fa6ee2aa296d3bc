using System.CommandLine;
using System.CommandLine.Parsing;
using ClassContact.Agent.Config;
using ClassContact.Agent.Words;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Enroll;

/// <summary><c>classcontact enroll</c>: the kit's first certificate, for a one-time code.</summary>
internal static class EnrollCommand
{
    public static Command Create()
    {
        var settings = SettingsOption.Create();
        var code = new Option<string?>("--code") { Description = CliWords.Say("enroll.code"), HelpName = "XXXX-XXXX" };
        var server = new Option<string?>("--server") { Description = CliWords.Say("enroll.server"), HelpName = "URL" };
        var ca = new Option<string?>("--ca") { Description = CliWords.Say("enroll.ca"), HelpName = "FILE" };
        var fingerprint = new Option<string?>("--fingerprint") { Description = CliWords.Say("enroll.fingerprint"), HelpName = "SHA256" };
        var command = new Command("enroll", CliWords.Say("enroll.help")) { code, server, ca, fingerprint, settings };
        command.Validators.Add(line => Check(line, line.GetValue(server), line.GetValue(fingerprint)));
        command.SetAction(async (line, ct) =>
        {
            var read = Setup.ReadUnenrolled(line.GetValue(settings)!);
            if (!read.IsGood)
                return ConfigCommand.Tell(read.Problems);
            var service = ServiceOf(read.Value!, line.GetValue(server), line.GetValue(ca), line.GetValue(fingerprint));
            return service is null ? Trouble.Tell(ExitCode.WrongUsage, CliWords.Say("enroll.no-server"))
                : await new EnrollRun(read.Value!, service, Console.Out, TimeProvider.System).Run(line.GetValue(code) ?? await FromInput(ct), ct);
        });
        return command;
    }

    // What is on the command line goes before the settings; how to know the service comes from one of the two, not half from each.
    private static EnrolmentSettings? ServiceOf(KitSettings kit, string? server, string? ca, string? fingerprint)
    {
        var there = kit.Enrolment;
        var address = server ?? there?.Server;
        if (address is null)
            return null;
        return ca is not null || fingerprint is not null
            ? new(address, ca, fingerprint)
            : new(address, there?.CaFile ?? (there?.Fingerprint is null ? kit.Broker?.Tls?.CaFile : null), there?.Fingerprint);
    }

    private static void Check(CommandResult line, string? server, string? fingerprint)
    {
        foreach (var problem in new EnrolmentSettings(server ?? "https://localhost", null, fingerprint).Problems())
            line.AddError(problem);
    }

    // Typed or piped in, the code stands in no process list and no history.
    private static async Task<string> FromInput(CancellationToken ct)
    {
        if (!Console.IsInputRedirected)
            await Console.Error.WriteAsync(CliWords.Say("enroll.ask"));
        return (await Console.In.ReadLineAsync(ct) ?? "").Trim();
    }
}
