using ClassContact.Kit.Diagnosis;
using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Requests;

/// <summary>The diagnosis that the helpdesk may ask for: the checks that open no device, once each.</summary>
/// <param name="checks">All checks of the kit, made anew.</param>
/// <param name="publish">Gets the result; returns at once.</param>
/// <param name="time">Of the deadlines, and stamps.</param>
public sealed class RequestedDiagnosis(Func<IReadOnlyList<Check>> checks, Action<Selftest> publish, TimeProvider time)
{
    /// <summary>Looks and publishes; always null.</summary>
    public async Task<string?> Run(CancellationToken ct)
    {
        var (at, began) = (time.GetUtcNow(), time.GetTimestamp());
        // Nobody in the room has agreed to a microphone that listens.
        var quiet = checks().Where(check => !check.OnlyInDiagnosis).ToList();
        var results = await new DiagnosisRun(quiet, time).Run((_, _) => { }, ct);
        ct.ThrowIfCancellationRequested(); // what was found beside a class that opened is worth nothing
        publish(LastDiagnosis.Of(results, at, time.GetElapsedTime(began)));
        return null;
    }
}
