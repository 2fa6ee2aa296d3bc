using ClassContact.Kit.Outbox;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Link;

/// <summary>
/// The link's lines in the log: connects, each reason of a loss once, and drops once per spell. A spell of trouble ends with a connection that has
/// lived for a minute, so that a broker which takes us and throws us out again does not fill the log.
/// </summary>
internal sealed class LinkLog(string broker, OutboxWorker events, ILogger log)
{
    private readonly HashSet<string> told = [];
    private bool saidConnected;
    private bool saidDropping;
    private long droppedBefore;

    internal void Connected()
    {
        if (saidConnected)
            return;
        saidConnected = true;
        log.LogInformation("Connected to the broker {Broker}; {Waiting} events wait, {Dropped} were dropped", broker, events.Count, events.DroppedHere);
    }

    internal void Trouble(string reason)
    {
        if (told.Add(reason))
        {
            saidConnected = false;
            log.LogWarning("No link to the broker {Broker}: {Reason}", broker, reason);
        }
        Drops();
    }

    /// <summary>The broker does not take what was published; the connection goes on.</summary>
    internal void Refused(string reason)
    {
        if (told.Add(reason))
            log.LogWarning("The broker {Broker} does not take a message: {Reason}", broker, reason);
    }

    /// <summary>The connection has lived for a minute.</summary>
    internal void Settled()
    {
        told.Clear();
        Drops();
    }

    /// <summary>Nothing waits any more: the next drop begins a new spell.</summary>
    internal void Emptied() => (saidDropping, droppedBefore) = (false, events.DroppedHere);

    private void Drops()
    {
        if (saidDropping || events.DroppedHere == droppedBefore)
            return;
        saidDropping = true;
        log.LogWarning("Events are dropped, those of lowest priority and the oldest first: {Waiting} wait for the broker already", events.Count);
    }
}
