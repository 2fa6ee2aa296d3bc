using ClassContact.Kit.Call;
using ClassContact.Kit.Settings;

namespace ClassContact.Kit.Network;

/// <summary>
/// Tries, within a call, whether the meeting's host takes a connection and whether UDP comes through: one TCP connection and one datagram, no
/// device and no page. It tells the school's network from the far side.
/// </summary>
/// <param name="setup">Names the meeting's host, and the STUN server if there is one.</param>
/// <param name="tell">Takes what was found; must not block.</param>
/// <param name="time">Of the waiting.</param>
public sealed class MeetingReach(Setup setup, Action<NetworkSeen> tell, TimeProvider time)
{
    /// <summary>A host that takes longer is of no use to a call.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly Place place = Place.Of(setup.Link.Origin);
    private readonly (string Host, int Port)? stun = setup.Kit.Network?.StunServer;
    private int asking;
    private volatile bool hadUdp;
    private int udpMisses;

    /// <summary>Tries once and tells; while a try is under way another is not begun. Returns at once and never throws.</summary>
    public void Ask()
    {
        if (Interlocked.Exchange(ref asking, 1) == 0)
            _ = Task.Run(Try);
    }

    /// <summary>
    /// The meeting is being opened: whether UDP comes through now is what later tries are held to. A network that let none through from the start has
    /// not lost it, and the meeting goes by TCP. Returns at once and never throws.
    /// </summary>
    public void Begin()
    {
        hadUdp = false;
        _ = Task.Run(TryUdp);
    }

    private async Task Try()
    {
        NetworkSeen seen;
        try
        {
            var udp = TryUdp();
            var trouble = await Dialled();
            seen = new(trouble is null, await udp, trouble is Trouble.Refused or Trouble.ProxyRefuses);
        }
        finally
        {
            Volatile.Write(ref asking, 0); // before it is told: who asks again on hearing it is not passed over
        }
        tell(seen);
    }

    private async Task<string?> Dialled()
    {
        var proxy = Proxies.Of(Environment.GetEnvironmentVariable).To(place);
        var dialled = await Patience.Within(Limit, new(null, Trouble.NoAnswer, Limit), time,
            ct => proxy is null ? Dial.To(place, Purpose.Checks, time, ct) : Dial.Through(proxy, place, Purpose.Checks, time, ct), CancellationToken.None);
        if (dialled.Stream is { } stream)
            await stream.DisposeAsync();
        return dialled.Stream is null ? dialled.Trouble ?? Trouble.NoAnswer : null;
    }

    // A server that has never answered says nothing of UDP: it may be the server that is not there.
    private async Task<bool?> TryUdp()
    {
        if (stun is not { } server)
            return null;
        var (_, trouble) = await Patience.Within(Limit, (Limit, Trouble.NoAnswer), time,
            ct => UdpTrial.Ask(server.Host, server.Port, UdpTrial.FirstWait, time, ct), CancellationToken.None);
        if (trouble is null or Trouble.Refused) // a refusal has come through, too
        {
            (hadUdp, udpMisses) = (true, 0);
            return true;
        }
        if (!hadUdp || trouble is not (Trouble.NoAnswer or Trouble.NoRoute))
            return null;
        return Interlocked.Increment(ref udpMisses) >= CallTimes.MissesForLost ? false : null; // a datagram may get lost
    }
}
