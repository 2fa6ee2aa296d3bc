using System.Globalization;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tools;
using ClassContact.Messages;

namespace ClassContact.Kit.Door;

/// <summary>The kit's certificate: until when it lasts, and enrolling with a one-time code, as <c>classcontact enroll</c> does it.</summary>
/// <param name="kit">The settings.</param>
/// <param name="words">The language.</param>
/// <param name="enrolled">Called when the kit has a new certificate, and perhaps a link that waits.</param>
/// <param name="time">The clock of deadlines.</param>
internal sealed class EnrolSection(KitSettings kit, Words words, Action enrolled, TimeProvider time)
{
    private const string Id = "enrol";

    private readonly string data = (kit.Folders ?? new()).Data;

    /// <summary>The section.</summary>
    public DoorSection Section() => new(Id, View, new Dictionary<string, DoorDeed> { ["enrol.do"] = Enrol });

    private DoorSectionView View()
    {
        using var current = new IdentityFolder(data).Current();
        return DoorSection.Titled(
            Id, words,
            [current is null ? new(words["door.enrol.certificate"], words["door.status.missing"], Mood.Attention) : new(words["door.enrol.certificate"], words.Say("door.enrol.until", ("date", Date(current.NotAfter))))],
            [
                new("server", words["door.enrol.server"], DoorFieldKind.Text, kit.Enrolment?.Server ?? "https://"),
                .. kit.Enrolment is null ? [new DoorField("fingerprint", words["door.enrol.fingerprint"], DoorFieldKind.Text)] : Array.Empty<DoorField>(),
                new("code", words["door.enrol.code"], DoorFieldKind.Text),
            ],
            "do");
    }

    private async Task<DoorSaid> Enrol(DoorWord word, CancellationToken ct)
    {
        if (ServiceOf(word) is not { } service || word["code"].Trim() is not { Length: > 0 } code)
            return DoorSection.Bad(words["door.unknown-value"]);
        try
        {
            using var signed = await new FirstEnrolment(service, new(data), time, kit.Broker).Run(KitId.Parse(kit.Kit), code, ct);
            var done = words.Say(kit.Enrolment is null ? "door.enrol.done-unsettled" : "door.enrol.done", ("date", Date(signed.NotAfter)));
            return await Fetch(service, ct) is { } trouble ? new(Mood.Attention, $"{done} {trouble}") : DoorSection.Good(done);
        }
        catch (EnrolmentException e)
        {
            return DoorSection.Bad(words.Say(e.IsRefusal ? "door.enrol.refused" : "door.enrol.not", ("reason", $"{e.Cause}, {SafeText.Of(e.Message, 200)}")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DoorSection.Bad(words["door.enrol.disk"]);
        }
    }

    // The kit is enrolled whether or not there is a link.
    private async Task<string?> Fetch(EnrolmentSettings service, CancellationToken ct)
    {
        try
        {
            var links = new LinkStore(kit);
            var offered = await new LinkPull(kit with { Enrolment = service }, links, time).Run(ct);
            enrolled();
            return offered.Problem is not null ? words["door.enrol.link-wrong"] : links.WaitingRoom is null && !links.IsThere ? words["door.enrol.no-link"] : null;
        }
        catch (EnrolmentException)
        {
            return words["door.enrol.no-link"];
        }
    }

    // The settings' own service as they know it; another one only by its fingerprint.
    private EnrolmentSettings? ServiceOf(DoorWord word)
    {
        var server = word["server"].Trim();
        var service = kit.Enrolment is { } known && known.Server == server ? known : new(server, null, word["fingerprint"].Trim() is { Length: > 0 } print ? print : kit.Enrolment?.Fingerprint);
        return service.Problems().Any() || (service.CaFile ?? service.Fingerprint) is null ? null : service;
    }

    private static string Date(DateTime at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
