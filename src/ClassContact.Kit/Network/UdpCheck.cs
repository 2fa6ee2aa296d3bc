using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Network;

/// <summary>Whether UDP comes through, by a STUN server: a meeting without it goes by TCP, later and less well.</summary>
internal static class UdpCheck
{
    internal const string Code = "udp";
    private const string NoServer = "no-server";

    internal static Check Of((string Host, int Port)? server, TimeSpan firstWait, TimeProvider time) => new(
        Code, Severity.Degrades, Thing.Network, [Trouble.NoAnswer, Trouble.Refused, Trouble.NoRoute, Trouble.UnknownName, NoServer],
        async ct => server is { } known ? Judge(await UdpTrial.Ask(known.Host, known.Port, firstWait, time, ct)) : Finding.Skipped(NoServer))
    {
        Grace = NetworkChecks.Grace,
        DependsOn = [.. LinkChecks.Local, AccessChecks.Portal],
        Every = TimeSpan.FromHours(1), // a firewall changes by somebody's hand; 0.2 kB
        On = Wakes.Network,
        Deadline = TimeSpan.FromSeconds(15),
    };

    private static Finding Judge((TimeSpan Took, string? Trouble) asked) => asked.Trouble switch
    {
        null => Finding.Pass(NetworkChecks.Milliseconds("udp", asked.Took)),
        Trouble.NoAnswer => Finding.Warn(Trouble.NoAnswer, null, NetworkChecks.Milliseconds("udp", asked.Took)),
        var other => Finding.CannotTell(other), // nobody listens there, or nobody knows it: that says nothing of UDP
    };
}
