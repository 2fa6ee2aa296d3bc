using ClassContact.Kit.Diagnosis;
using ClassContact.Kit.Health;
using ClassContact.Kit.Screen;
using ClassContact.Messages;

namespace ClassContact.Kit.Door;

/// <summary>How the kit is: what it knows, what its checks have found, and all of them again when somebody asks.</summary>
/// <param name="words">The language.</param>
/// <param name="facts">What the agent knows of itself now.</param>
/// <param name="faults">What is told now; the worst first.</param>
/// <param name="checks">All checks, made anew.</param>
/// <param name="time">Of the deadlines.</param>
internal sealed class StatusSection(
    Words words, Func<DoorFacts> facts, Func<IReadOnlyList<Fault>> faults, Func<IReadOnlyList<Check>> checks, TimeProvider time)
{
    private const string Id = "status";

    private readonly DiagnosisWords about = new(words);

    /// <summary>Whether there is a meeting's link: without one nothing opens, however good all else is.</summary>
    public bool HasLink { private get; init; } = true;

    /// <summary>Gets every diagnosis, for the next bundle.</summary>
    public Action<Selftest> Keep { private get; init; } = _ => { };

    /// <summary>The section.</summary>
    public DoorSection Section() => new(Id, View, new Dictionary<string, DoorDeed>
    {
        ["status.checks"] = (_, ct) => Look(check => !check.OnlyInDiagnosis, ct),
        ["status.listen"] = (_, ct) => Look(check => check.OnlyInDiagnosis, ct), // somebody is there and has asked for it
    });

    private DoorSectionView View()
    {
        var now = facts();
        return DoorSection.Titled(
            Id, words,
            [
                new(words["door.status.version"], now.Version),
                Present(words["door.status.browser"], now.Browser),
                .. now.Keyboards is { } keyboards ? [Present(words["door.status.keyboards"], keyboards)] : Array.Empty<DoorRow>(),
                Broker(now.Broker),
                .. faults().Select(fault => Row(new(fault.Check, fault.Finding, TimeSpan.Zero), fault.Severity)),
            ],
            [], "checks", "listen");
    }

    private DoorRow Broker(DoorBroker broker)
    {
        var (said, mood) = broker switch
        {
            DoorBroker.None => ("door.status.broker.none", (Mood?)null),
            DoorBroker.NotYet => ("door.status.broker.not-yet", null),
            DoorBroker.Up => ("door.status.broker.up", Mood.Ready),
            _ => ("door.status.broker.down", Mood.Trouble),
        };
        return new(words["door.status.broker"], words[said], mood);
    }

    private DoorRow Present(string label, string? value) =>
        value is { Length: > 0 } ? new(label, value) : new(label, words["door.status.missing"], Mood.Attention);

    private DoorRow Row(CheckResult result, Severity severity)
    {
        var text = string.Join(' ', new[] { about.What(result), result.Finding.Found is { } found ? $"({found})" : null, about.Remedy(result) }.OfType<string>());
        return new(about.Title(result.Check), text.Length > 0 ? text : about.Of(result.Finding.Verdict), severity is Severity.StopsCalls ? Mood.Trouble : Mood.Attention);
    }

    private async Task<DoorSaid> Look(Func<Check, bool> isWanted, CancellationToken ct)
    {
        var (at, began) = (time.GetUtcNow(), time.GetTimestamp());
        var wanted = checks().Where(isWanted).ToList();
        if (wanted.Count == 0)
            return new(Mood.Attention, words["door.status.listen.none"]);
        var results = await new DiagnosisRun(wanted, time).Run((_, _) => { }, ct);
        ct.ThrowIfCancellationRequested();
        if (wanted.TrueForAll(check => !check.OnlyInDiagnosis))
            Keep(LastDiagnosis.Of(results, at, time.GetElapsedTime(began)));
        var wrong = results.Where(result => result is { IsFault: true, BecauseOf: null }).ToList();
        var isBad = results.Any(result => result.StandsInTheWay);
        return new(
            isBad ? Mood.Trouble : wrong.Count > 0 || !HasLink ? Mood.Attention : Mood.Ready,
            words.Say(wrong.Count > 0 ? "door.status.bad" : HasLink ? "door.status.good" : "door.status.no-link", ("summary", about.Summary([.. results]))),
            [.. wrong.Select(result => Row(result, result.Check.Severity))]);
    }
}
