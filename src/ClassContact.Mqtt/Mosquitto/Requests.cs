using ClassContact.Mqtt.Mosquitto.Native;

namespace ClassContact.Mqtt.Mosquitto;

/// <summary>Hands a request to the library and says its packet id; returns the library's code.</summary>
internal delegate int Send(MosquittoHandle handle, out int id);

/// <summary>What became of a request: a reason code, or the trouble that came in its way.</summary>
internal readonly record struct Answer(int Code, string? Trouble = null);

/// <summary>Publishes and subscriptions on their way: put in by anybody, sent and answered by the connection's thread.</summary>
internal sealed class Requests(Bell bell, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Queue<Request> waiting = new();
    private readonly Dictionary<int, Request> sent = []; // the thread's own
    private int underWay;
    private string? closed;
    private long waitingSince;

    /// <summary>Nothing is waiting or unanswered.</summary>
    internal bool Done => Volatile.Read(ref underWay) == 0;

    /// <summary>How long the broker has owed us an acknowledgement without giving any. A slow line that still acknowledges is not a lost one.</summary>
    internal TimeSpan Owed => sent.Count == 0 ? TimeSpan.Zero : time.GetElapsedTime(waitingSince);

    /// <summary>Puts a request in. The task never fails.</summary>
    internal Task<Answer> Put(Send send)
    {
        var request = new Request(send, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
        {
            if (closed is not null)
                return Task.FromResult(new Answer(0, closed));
            if (Volatile.Read(ref underWay) >= MqttLibrary.MostUnderWay)
                return Task.FromResult(new Answer(0, $"{MqttLibrary.MostUnderWay} messages wait for the broker already"));
            Interlocked.Increment(ref underWay);
            waiting.Enqueue(request);
            bell.Ring();
        }
        return request.Answer.Task;
    }

    /// <summary>Sends what waits. Returns why the connection is over, else null.</summary>
    internal string? SendAll(MosquittoHandle handle)
    {
        while (Take() is { } request)
        {
            var code = request.Send(handle, out var id);
            if (code == 0)
            {
                if (sent.Count == 0)
                    waitingSince = time.GetTimestamp();
                sent[id] = request;
                continue;
            }
            var why = MosquittoWords.Why(code);
            var itsOwnFault = MosquittoWords.IsRequestsFault(code);
            Finish(request, new(0, itsOwnFault ? why : $"the connection is lost: {why}"));
            if (!itsOwnFault)
                return why;
        }
        return null;
    }

    /// <summary>The broker answered the request of this packet id.</summary>
    internal void Answered(int id, int code)
    {
        waitingSince = time.GetTimestamp();
        if (sent.Remove(id, out var request))
            Finish(request, new(code));
    }

    /// <summary>Takes no more; what is under way goes on.</summary>
    internal void Close(string reason)
    {
        lock (gate)
        {
            closed ??= reason;
            bell.Ring();
        }
    }

    /// <summary>Takes no more, and fails what is under way.</summary>
    internal void End(string reason)
    {
        lock (gate)
        {
            closed = reason;
            foreach (var request in sent.Values.Concat(waiting))
                Finish(request, new(0, reason));
            sent.Clear();
            waiting.Clear();
        }
    }

    private Request? Take()
    {
        lock (gate)
            return waiting.TryDequeue(out var request) ? request : null;
    }

    private void Finish(Request request, Answer answer)
    {
        Interlocked.Decrement(ref underWay);
        request.Answer.TrySetResult(answer);
    }

    private sealed record Request(Send Send, TaskCompletionSource<Answer> Answer);
}
