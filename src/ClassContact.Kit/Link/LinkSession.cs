using ClassContact.Kit.Outbox;
using ClassContact.Messages;
using ClassContact.Mqtt;

namespace ClassContact.Kit.Link;

/// <summary>
/// One connection: presence, what the kit is, its call, its health, then the events in order, one message at a time, so that what the broker has acknowledged
/// is always known. After that whatever changes.
/// </summary>
internal sealed class LinkSession(KitId kit, IMqttConnection connection, Func<Stamp> stamp, Outgoing outgoing, Func<About> about, LinkLog log, TimeProvider time)
{
    /// <summary>A publish can fail a moment before the connection is known to be lost.</summary>
    private static readonly TimeSpan LossMayFollow = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan GoodbyeMayTake = TimeSpan.FromSeconds(1);

    private readonly long start = time.GetTimestamp();
    private readonly TimeSpan began = outgoing.Events.Now;
    private TimeSpan presenceDue;
    private int aboutSaid = -1;
    private CallStatus? callSaid;
    private HealthStatus? healthSaid;
    private Selftest? selftestSaid;
    private bool anyRefused;
    private bool eventsRefused;

    /// <summary>Told whenever the broker has taken the presence, or refused it: that is the round trip which makes the kit online, not the open socket.</summary>
    internal Action<bool> WasHeard { private get; init; } = _ => { };

    /// <summary>Says everything, and what changes, until cancelled or the connection fails.</summary>
    /// <param name="ct">Ends it after the message that is on its way.</param>
    /// <param name="hurry">Ends it at once.</param>
    internal async Task Serve(CancellationToken ct, CancellationToken hurry)
    {
        using var beat = time.CreateTimer(_ => outgoing.Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (true)
        {
            await SayAll(hurry);
            beat.Change(Max(Min(presenceDue - Age, outgoing.Figures?.Wait), TimeSpan.FromMilliseconds(1)), Timeout.InfiniteTimeSpan);
            await outgoing.Changed(ct);
        }
    }

    /// <summary>Says what still waits, as far as time allows, and that the agent was stopped.</summary>
    internal async Task SayGoodbye(CancellationToken hurry)
    {
        try
        {
            await SayAll(hurry);
            while (outgoing.Events.Count > 0 && !eventsRefused) // the last of them are still on their way to the disk
            {
                await outgoing.Changed(hurry);
                await SayAll(hurry);
            }
        }
        catch (OperationCanceledException)
        {
            // The rest is told by the next start; that we go is worth more than what we had to tell.
        }
        using var limit = new CancellationTokenSource(GoodbyeMayTake, time);
        await Say(Channel.Presence, new Presence(PresenceState.Off), limit.Token);
    }

    private TimeSpan Age => time.GetElapsedTime(start);

    private async Task SayAll(CancellationToken hurry)
    {
        while (await SayNext(hurry))
        {
        }
    }

    // False when there is nothing to say. What the broker refuses is offered again with the next presence: its access list may have been mended.
    private async Task<bool> SayNext(CancellationToken hurry)
    {
        if (Age >= presenceDue)
            await SayPresence(hurry);
        else if (outgoing.AboutEdition is var edition && edition != aboutSaid)
            await SayAbout(edition, hurry);
        else if (outgoing.Call is { } call && !ReferenceEquals(call, callSaid))
            await SayCall(call, hurry);
        else if (outgoing.Health is { } health && !ReferenceEquals(health, healthSaid))
            await SayHealth(health, hurry);
        else if (outgoing.Selftest is { } selftest && !ReferenceEquals(selftest, selftestSaid))
            await SaySelftest(selftest, hurry);
        else if (outgoing.FirstReply() is { } reply)
            await SayReply(reply, hurry);
        else if (!eventsRefused && outgoing.Events.First() is { } first)
            await SayEvent(first, hurry);
        else if (outgoing.Figures is { } figures && figures.Wait == TimeSpan.Zero)
            await Say(Channel.Metrics, figures.Next(), hurry);
        else
            return false;
        return true;
    }

    private async Task SayPresence(CancellationToken hurry)
    {
        outgoing.Events.ReportDrops();
        WasHeard(await Say(Channel.Presence, new Presence(PresenceState.Online), hurry));
        if (presenceDue > TimeSpan.Zero)
            log.Settled();
        if (anyRefused)
            (anyRefused, eventsRefused, aboutSaid, callSaid, healthSaid, selftestSaid) = (false, false, -1, null, null, null);
        presenceDue = Age + (TimeSpan.FromMinutes(1) * (0.9 + (0.2 * Random.Shared.NextDouble())));
    }

    private async Task SayAbout(int edition, CancellationToken hurry)
    {
        await Say(Channel.About, about(), hurry);
        aboutSaid = edition;
    }

    private async Task SayCall(CallStatus call, CancellationToken hurry)
    {
        await Say(Channel.Call, call, hurry);
        callSaid = call;
    }

    private async Task SayHealth(HealthStatus health, CancellationToken hurry)
    {
        await Say(Channel.Health, health, hurry);
        healthSaid = health;
    }

    private async Task SaySelftest(Selftest selftest, CancellationToken hurry)
    {
        await Say(Channel.Selftest, selftest, hurry);
        selftestSaid = selftest;
    }

    // One that the broker refuses is not offered again: it is given again to whoever asks again.
    private async Task SayReply(Reply reply, CancellationToken hurry)
    {
        await Say(new Topic(kit, Channel.Reply, reply.Id), reply, hurry);
        outgoing.Answered();
    }

    private async Task SayEvent(Letter first, CancellationToken hurry)
    {
        eventsRefused = !await Say(Channel.Event, first.Event with { Historical = first.IsFromBefore(began) }, hurry);
        if (eventsRefused)
            return;
        outgoing.Events.Acknowledged();
        if (outgoing.Events.Count > 0)
            return;
        log.Emptied();
        outgoing.Events.ReportDrops();
    }

    private Task<bool> Say<T>(Channel channel, T document, CancellationToken ct) => Say(new Topic(kit, channel), document, ct);

    // False when the broker refuses this message and the connection goes on.
    private async Task<bool> Say<T>(Topic topic, T document, CancellationToken ct)
    {
        try
        {
            await connection.Publish(new(topic.ToString(), Wire.Write(stamp(), document), topic.IsRetained), ct);
            return true;
        }
        catch (MqttException e)
        {
            if (await IsLost())
                throw;
            log.Refused(e.Message);
            anyRefused = true;
            return false;
        }
    }

    private async Task<bool> IsLost()
    {
        try
        {
            await connection.Lost.WaitAsync(LossMayFollow, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan? b) => b < a ? b.Value : a;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
