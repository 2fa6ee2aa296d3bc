namespace ClassContact.Mqtt.MqttNet;

/// <summary>Counts what is under way and what the broker owes us.</summary>
internal sealed class Unanswered(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource none = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int underWay;
    private int sent;
    private long since = time.GetTimestamp();
    private bool ending;

    /// <summary>Since when the broker has given no answer: an acknowledgement or a ping's.</summary>
    internal TimeSpan Silence
    {
        get
        {
            lock (gate)
                return time.GetElapsedTime(since);
        }
    }

    /// <summary>How long the broker has owed us an acknowledgement without giving any. A slow line that still acknowledges is not a lost one.</summary>
    internal TimeSpan Owed
    {
        get
        {
            lock (gate)
                return sent == 0 ? TimeSpan.Zero : time.GetElapsedTime(since);
        }
    }

    /// <summary>One more; false when there are too many.</summary>
    internal bool Add()
    {
        lock (gate)
            return underWay < MqttLibrary.MostUnderWay && ++underWay > 0;
    }

    /// <summary>It is being sent: from now on an answer is due.</summary>
    internal void Sent()
    {
        lock (gate)
        {
            if (sent++ == 0)
                since = time.GetTimestamp();
        }
    }

    /// <summary>The broker answered, this or a ping.</summary>
    internal void Heard()
    {
        lock (gate)
            since = time.GetTimestamp();
    }

    /// <summary>It is over, answered or not.</summary>
    internal void Done(bool wasSent)
    {
        lock (gate)
        {
            sent -= wasSent ? 1 : 0;
            if (--underWay == 0 && ending)
                none.TrySetResult();
        }
    }

    /// <summary>Completes when nothing is under way; to be asked when nothing more will be added.</summary>
    internal Task None()
    {
        lock (gate)
        {
            ending = true;
            if (underWay == 0)
                none.TrySetResult();
        }
        return none.Task;
    }
}
