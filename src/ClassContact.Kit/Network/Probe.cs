using System.Text;
using System.Text.RegularExpressions;

namespace ClassContact.Kit.Network;

/// <summary>What the probe's address answered.</summary>
/// <param name="Answer">Null when nobody answered, or not in HTTP.</param>
/// <param name="IsOurs">Whether it is the answer that is known.</param>
internal sealed record Probed(HttpAnswer? Answer, bool IsOurs)
{
    /// <summary>Whether a proxy wants a login.</summary>
    internal bool AsksLogin => Answer?.Status == 407;

    /// <summary>A proxy that stands in between and says so: its product, or nothing but that it is there. Never its host.</summary>
    internal string? Via => Answer?.Fields.TryGetValue("Via", out var via) != true ? null
        : Regex.Match(via!, @"\(([A-Za-z]+/[\w.]{1,20})\)") is { Success: true } product ? product.Groups[1].Value : "proxy";
}

/// <summary>An address in plain HTTP whose answer is known, so that another answer shows who stands in between.</summary>
/// <param name="Address">The address.</param>
/// <param name="Text">Its answer, but for white space around it.</param>
/// <param name="Proxy">The proxy that leads there; null for the straight way.</param>
/// <param name="Time">Of the waiting.</param>
internal sealed record Probe(Uri Address, string Text, Place? Proxy, TimeProvider Time)
{
    private const int LongestBody = 64 * 1024;

    /// <summary>Asks once; redirects are seen, not followed.</summary>
    internal async Task<Probed> Ask(CancellationToken ct)
    {
        var place = new Place(Address.IdnHost, Address.Port, false);
        var dialled = await Dial.To(Proxy ?? place, Purpose.Checks, Time, ct);
        if (dialled.Stream is null)
            return new(null, false);
        await using var stream = dialled.Stream;
        var target = Proxy is null ? Address.PathAndQuery : $"http://{place.Authority}{Address.PathAndQuery}";
        var request = $"GET {target} HTTP/1.0\r\nHost: {place.Authority}\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n";
        var answer = await Patience.Within(Patience.Step / 2, null, Time, either => Http.Ask(stream, request, LongestBody, either), ct);
        return new(answer, answer?.Status == 200 && Encoding.UTF8.GetString(answer.Body).Trim() == Text.Trim());
    }
}
