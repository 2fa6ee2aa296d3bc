using System.Text;
using ClassContact.Kit.Requests;
using ClassContact.Messages;

namespace ClassContact.Kit.Tests.Requests;

/// <summary>Requests as the helpdesk writes them, and as nobody should.</summary>
internal static class Asked
{
    internal static readonly DateTimeOffset Clock = new(2026, 11, 23, 8, 30, 0, TimeSpan.Zero);

    internal static RequestMoment Moment(Situation situation = default, int minute = 0) => new(TimeSpan.FromMinutes(minute), Clock, situation);

    internal static Heard Heard(string name, string id, DateTimeOffset? expires = null) => new(name, Payload(name, id, expires), false);

    internal static byte[] Payload(string name, string id, DateTimeOffset? expires = null)
    {
        var request = new Request(Stamp.Version, id, expires ?? Clock.AddMinutes(2));
        return name switch
        {
            RequestName.ShowMessage => Wire.WriteRequest(request, new ShowMessage("Bonjour")),
            RequestName.SetLogLevel => Wire.WriteRequest(request, new SetLogLevel("debug", 10)),
            _ => Wire.WriteRequest(request),
        };
    }

    /// <summary>Bodies that no helpdesk writes, each with what it is. None may do anything but the four last, which are requests with something beside them.</summary>
    internal static IEnumerable<(string What, byte[] Body)> Hostile(string name, string id)
    {
        var good = Encoding.UTF8.GetString(Payload(name, id));
        var envelope = $"\"v\":1,\"id\":\"{id}\",\"expires\":\"2026-11-23T08:32:00Z\"";
        yield return ("nothing", []);
        yield return ("garbage", [0xff, 0xfe, 0, 1, 2, 3]);
        yield return ("other JSON", "[1,2,3]"u8.ToArray());
        yield return ("a truncated request", Encoding.UTF8.GetBytes(good[..^1]));
        yield return ("two requests", Encoding.UTF8.GetBytes(good + good));
        yield return ("65 levels", Encoding.UTF8.GetBytes($"{{{envelope},\"more\":{new string('[', 65)}{new string(']', 65)}}}"));
        yield return ("a hundred thousand open brackets", Encoding.UTF8.GetBytes($"{{{envelope},\"more\":{new string('[', 60_000)}"));
        yield return ("300 kB", Encoding.UTF8.GetBytes($"{{{envelope},\"more\":\"{new string('x', 300_000)}\"}}"));
        yield return ("a number for an id", Encoding.UTF8.GetBytes(good.Replace($"\"{id}\"", "7", StringComparison.Ordinal)));
        yield return ("an id that is a way up", Encoding.UTF8.GetBytes(good.Replace($"\"{id}\"", "\"../../x\"", StringComparison.Ordinal)));
        yield return ("a huge version", Encoding.UTF8.GetBytes(good.Replace("\"v\":1", "\"v\":1e300", StringComparison.Ordinal)));
        yield return ("an expiry of a wrong type", Encoding.UTF8.GetBytes($"{{\"v\":1,\"id\":\"{id}\",\"expires\":1795422720}}"));
        yield return ("an expiry at the end of time", Encoding.UTF8.GetBytes($"{{\"v\":1,\"id\":\"{id}-z\",\"expires\":\"9999-12-31T23:59:59Z\"}}"));
        yield return ("an expiry at its beginning", Encoding.UTF8.GetBytes($"{{\"v\":1,\"id\":\"{id}-a\",\"expires\":\"0001-01-01T00:00:00Z\"}}"));
        yield return ("a level of a wrong type", Encoding.UTF8.GetBytes($"{{{envelope.Replace(id, id + "-l", StringComparison.Ordinal)},\"level\":[\"debug\"],\"minutes\":1e99,\"text\":{{}}}}"));
        yield return ("unknown fields", Encoding.UTF8.GetBytes($"{good[..^1]},\"meeting\":\"https://example.org/x\",\"open\":\"camera\",\"state\":\"joining\"}}"));
        yield return ("the same again with another body", Encoding.UTF8.GetBytes($"{{{envelope},\"level\":\"error\",\"minutes\":1,\"text\":\"autre\"}}"));
        yield return ("the same twice in one", Encoding.UTF8.GetBytes($"{good[..^1]},\"id\":\"{id}\",\"v\":1}}"));
        yield return ("63 levels", Encoding.UTF8.GetBytes($"{good[..^1]},\"more\":{new string('[', 62)}{new string(']', 62)}}}"));
    }
}
