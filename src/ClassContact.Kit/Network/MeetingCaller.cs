using System.Globalization;

namespace ClassContact.Kit.Network;

/// <summary>Calls the meeting's host: connects, shakes hands, asks its start page's head for the time. Never a room.</summary>
/// <param name="Place">The meeting's host.</param>
/// <param name="Proxy">The proxy that leads there; null for the straight way.</param>
/// <param name="Authorities">Whom to trust.</param>
/// <param name="Time">The kit's clock.</param>
internal sealed record MeetingCaller(Place Place, Place? Proxy, Authorities Authorities, TimeProvider Time)
{
    // RFC 9110: Date has whole seconds, so on average it is half a second behind.
    private static readonly TimeSpan HalfASecond = TimeSpan.FromMilliseconds(500);

    /// <summary>Opens a connection the way that the browser goes.</summary>
    internal Task<Dialled> Dial(CancellationToken ct) =>
        Proxy is null ? ClassContact.Mqtt.Ways.Dial.To(Place, Purpose.Checks, Time, ct) : ClassContact.Mqtt.Ways.Dial.Through(Proxy, Place, Purpose.Checks, Time, ct);

    /// <summary>Calls once.</summary>
    internal async Task<Visit> Call(CancellationToken ct)
    {
        var dialled = await Dial(ct);
        if (dialled.Stream is null)
            return new() { Trouble = dialled.Trouble };
        await using var stream = dialled.Stream;
        if (!Place.IsEncrypted)
            return await AskTime(stream, new(), ct);
        var begun = Time.GetTimestamp();
        var (tls, vouched, trouble) = await Handshake.On(stream, Place.Host, Authorities, Time, ct);
        var visit = new Visit { Trouble = trouble, Vouched = vouched, HandshakeTook = Time.GetElapsedTime(begun) };
        if (tls is null)
            return visit;
        await using (tls)
            return vouched!.IsTrusted ? await AskTime(tls, visit, ct) : visit; // whoever that is may say what he likes
    }

    private async Task<Visit> AskTime(Stream stream, Visit visit, CancellationToken ct)
    {
        var begun = Time.GetTimestamp();
        var answer = await Patience.Within(Patience.Step, null, Time,
            either => Http.Ask(stream, $"HEAD / HTTP/1.0\r\nHost: {Place.Authority}\r\nConnection: close\r\n\r\n", 0, either), ct);
        var half = Time.GetElapsedTime(begun) / 2;
        // The clock as it is now, so that one that was set meanwhile is judged as it was set.
        return HostTime(answer) is { } there
            ? visit with { ClockOffset = Time.GetUtcNow() - half - (there + HalfASecond), ClockDoubt = HalfASecond + half }
            : visit;
    }

    // An answer out of a cache is as old as its Age says.
    private static DateTimeOffset? HostTime(HttpAnswer? answer) =>
        answer?.Fields.TryGetValue("Date", out var text) == true
        && DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
        && date.Year is > 2000 and < 9000
            ? date + TimeSpan.FromSeconds(answer.Fields.TryGetValue("Age", out var age) && int.TryParse(age, out var seconds) && seconds > 0 ? seconds : 0)
            : null;
}
