using ClassContact.Mqtt.Ways;

namespace ClassContact.Mqtt;

/// <summary>
/// Finds a way to the broker and keeps to it: the one that worked, for as long as it works; once it has failed for two minutes it is forgotten and
/// all are tried in their order. A broker that says no was reached, so no other way is tried then.
/// </summary>
/// <param name="settings">Settings without problems; their way says which ways are allowed.</param>
/// <param name="variable">The environment, for the proxy that it names where the settings name none.</param>
/// <param name="memory">File that outlasts a restart with the way that worked; null for none. Where it cannot be written, all are tried after a restart.</param>
/// <param name="time">The clock of all deadlines.</param>
public sealed class BrokerDoor(BrokerSettings settings, Func<string, string?> variable, string? memory, TimeProvider time)
{
    /// <summary>Longer than a broker takes to start again, so that a restart sends no kit another way.</summary>
    internal static readonly TimeSpan Faith = TimeSpan.FromMinutes(2);

    // What went wrong last on each way is told furthest first: a stranger's certificate says more than a port that is shut.
    private static readonly string[] Near = [Trouble.NoAnswer, Trouble.NoRoute, Trouble.Refused, Trouble.UnknownName, Trouble.ProxyRefuses, Trouble.ProxyLogin];

    private string? worked = Remembered(memory);
    private string? told;
    private long? failingSince;

    /// <summary>Told of each way that leads there, when it is another than the one before.</summary>
    public Action<string> Found { private get; init; } = _ => { };

    /// <summary>Reads what was remembered and writes nothing.</summary>
    internal bool OnlyLooks { private get; init; }

    /// <summary>Completes when the memory is written, as far as it can be. Nothing waits for it: a disk that hangs holds up no delivery.</summary>
    internal Task Kept { get; private set; } = Task.CompletedTask;

    /// <summary>Connects by the way that worked last, or by the first that does; completes on CONNACK.</summary>
    /// <inheritdoc cref="MqttLibrary.Open" path="/param"/>
    /// <exception cref="MqttException">No way leads there, each told; or the broker said no.</exception>
    public Task<IMqttConnection> Open(string clientId, MqttMessage? will, CancellationToken ct) =>
        ByWay(way => MqttLibrary.Open(way, clientId, will, time, ct));

    /// <summary>Goes through the ways until one is open.</summary>
    internal async Task<T> ByWay<T>(Func<BrokerSettings, Task<T>> open)
    {
        var failures = new List<MqttException>();
        foreach (var way in Ways())
        {
            try
            {
                var opened = await open(way);
                Keep(way.Way);
                return opened;
            }
            catch (MqttException e) when (e.Trouble is not (null or Trouble.Files or Trouble.Unwelcome))
            {
                failures.Add(e);
            }
        }
        Doubt();
        throw failures.Count == 1 ? failures[0] : new MqttException(string.Join("; ", failures.Select(e => e.Message)))
        {
            Trouble = (failures.Find(e => !Near.Contains(e.Trouble)) ?? failures.Find(e => e.Trouble is Trouble.ProxyLogin) ?? failures[0]).Trouble,
        };
    }

    private IEnumerable<BrokerSettings> Ways()
    {
        var proxy = settings.Proxy ?? Environs();
        var allowed = BrokerWay.All.Where(way => settings.Way == way || (settings.Way == BrokerWay.Auto && LeadsSomewhere(way, proxy))).ToList();
        var ways = worked is { } known && allowed.Contains(known) ? [known] : allowed;
        return ways.Select(way => settings with { Way = way, Proxy = proxy });
    }

    private bool LeadsSomewhere(string way, string? proxy) => way switch
    {
        BrokerWay.Direct => true,
        BrokerWay.Port443 => settings.Tls is not null && settings.Port != settings.SecondPort,
        _ => settings.Tls is not null && proxy is not null,
    };

    private string? Environs() =>
        Proxies.Of(variable).To(new(settings.Host.Trim('[', ']'), settings.SecondPort, settings.Tls is not null)) is { } place ? $"http://{place.Authority}" : null;

    private void Keep(string way)
    {
        failingSince = null;
        if (told != way)
            Found(told = way);
        if (worked == way)
            return;
        worked = way;
        Remember(way);
    }

    private void Doubt()
    {
        failingSince ??= time.GetTimestamp();
        if (worked is null || time.GetElapsedTime(failingSince.Value) < Faith)
            return;
        worked = null;
        Remember("");
    }

    private void Remember(string way)
    {
        if (memory is not null && !OnlyLooks && settings.Way == BrokerWay.Auto)
            Kept = Kept.ContinueWith(_ => Write(memory, way), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private static void Write(string memory, string way)
    {
        try
        {
            File.WriteAllText(memory, way);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full or dead disk: the way is found again after a restart.
        }
    }

    private static string? Remembered(string? memory)
    {
        try
        {
            return memory is not null && File.ReadAllText(memory).Trim() is var way && BrokerWay.All.Contains(way) ? way : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
