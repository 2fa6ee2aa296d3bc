using ClassContact.Agent.Words;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Agent.Enroll;

/// <summary>Carries out one <c>enroll</c>, and says what it did.</summary>
internal sealed class EnrollRun(KitSettings kit, EnrolmentSettings service, TextWriter output, TimeProvider time)
{
    /// <summary>Returns one of <see cref="ExitCode"/>.</summary>
    public async Task<int> Run(string code, CancellationToken ct)
    {
        var data = (kit.Folders ?? new()).Data;
        if (WhyNot(data) is { } why)
            return Trouble.Tell(ExitCode.Failed, why);
        if (code.Length == 0)
            return Trouble.Tell(ExitCode.WrongUsage, CliWords.Say("enroll.no-code"));
        try
        {
            using var signed = await new FirstEnrolment(service, new(data), time, kit.Broker).Run(KitId.Parse(kit.Kit), code, ct);
            await output.WriteLineAsync(CliWords.Say("enroll.done", ("kit", kit.Kit), ("until", $"{signed.NotAfter:yyyy-MM-dd}"), ("folder", Path.Combine(data, "identity"))));
            // The agent cannot start without a link, so the first one comes here; the kit is enrolled whether or not there is one.
            await LinkCommand.Fetch(kit with { Enrolment = service }, new(kit), ct);
            return ExitCode.Ok;
        }
        catch (EnrolmentException e)
        {
            return Trouble.Tell(e.IsRefusal ? ExitCode.Refused : ExitCode.CannotBeReached, Sentence(e, data));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Trouble.Tell(ExitCode.Failed, e.Message);
        }
    }

    // A used code is most often this very kit's.
    private static string Sentence(EnrolmentException e, string data)
    {
        using var own = e.Cause is Refusals.CodeUsed ? new IdentityFolder(data).Current() : null;
        return own is null ? e.Message : CliWords.Say("enroll.already", ("reason", e.Message), ("until", $"{own.NotAfter:yyyy-MM-dd}"));
    }

    // What root wrote here, the agent could not read.
    internal static string? WhyNot(string data) =>
        OperatingSystem.IsLinux() && !FolderOwner.IsUs(data) ? CliWords.Say("enroll.owner", ("folder", data)) : null;
}
