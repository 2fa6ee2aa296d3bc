using ClassContact.Mqtt;

namespace ClassContact.Kit.Enrolment;

/// <summary>
/// The way to the signing service. Where the broker's settings name a proxy, it is the service's, too: with <c>way</c> <c>proxy</c> nothing else is
/// tried, with <c>auto</c> the straight way when it leads nowhere, else the straight way alone.
/// </summary>
/// <param name="broker">The settings; null for a kit without a broker.</param>
/// <param name="time">The clock of deadlines.</param>
internal sealed class ServiceWay(BrokerSettings? broker, TimeProvider time)
{
    // Whoever asks has a limit of its own, which is shorter.
    private const int Seconds = 120;

    /// <summary>The settings name no proxy, so HttpClient takes the one of the environment, if there is one.</summary>
    internal bool IsOfEnvironment => broker?.Proxy is null;

    /// <summary>For an HTTP client.</summary>
    /// <exception cref="MqttException">Nobody was reached; the words are the link's.</exception>
    internal async ValueTask<Stream> Connect(SocketsHttpConnectionContext to, CancellationToken ct)
    {
        var (host, port) = (to.DnsEndPoint.Host, to.DnsEndPoint.Port);
        var straight = new BrokerSettings(host, port, AnswerSeconds: Seconds, Way: BrokerWay.Direct) { SecondPort = port };
        if (broker is not { Proxy: { } proxy, Way: BrokerWay.Proxy or BrokerWay.Auto })
            return await Reach(straight);
        try
        {
            return await Reach(straight with { Way = BrokerWay.Proxy, Proxy = proxy, ProxyLoginFile = broker.ProxyLoginFile });
        }
        catch (MqttException of) when (broker.Way == BrokerWay.Auto)
        {
            try
            {
                return await Reach(straight);
            }
            catch (MqttException e)
            {
                throw new MqttException($"{of.Message}; past it: {e.Message}", e);
            }
        }

        async Task<Stream> Reach(BrokerSettings way) => await Line.Dial(way, Purpose.Enrolment, time, ct);
    }
}
