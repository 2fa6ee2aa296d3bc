using System.Threading.Channels;
using ClassContact.Mqtt.Mosquitto.Native;
using ClassContact.Mqtt.Ways;

namespace ClassContact.Mqtt.Mosquitto;

/// <summary>
/// The thread that owns one handle from its making to its end. Requests come to it through a queue, so libmosquitto is never entered from two
/// threads, cannot be used after its end, never reconnects by itself, and a PUBACK cannot overtake the packet id that it answers.
/// </summary>
internal sealed class MosquittoWorker : IAsyncDisposable
{
    /// <summary>
    /// How often the library looks whether a ping is due. Late by a fifth, and by the second that it counts in, a ping still comes before the broker
    /// loses patience at one and a half; each look wakes the processor.
    /// </summary>
    private TimeSpan Beat => TimeSpan.FromSeconds(keepAliveSeconds) / 5;

    /// <summary>How long each half of a goodbye may take: the answers that are due, and the DISCONNECT. A stopped broker gives and takes none.</summary>
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private readonly BrokerSettings settings;
    private readonly string clientId;
    private readonly MqttMessage? will;
    private readonly Relay relay;
    private readonly TimeProvider time;
    private readonly TaskCompletionSource<string?> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Bell bell = new();
    private readonly Requests requests;
    private readonly Inbox inbox;
    private readonly int keepAliveSeconds; // up to a tenth less than said, so that a thousand kits do not ping in step
    private long closingSince;
    private long heard;
    private volatile bool closing;
    private bool connected;
    private string? ending;

    /// <param name="settings">Of the deadlines.</param>
    /// <param name="clientId">The client's name at the broker.</param>
    /// <param name="will">What the broker says when we are lost.</param>
    /// <param name="relay">What the library speaks to; the worker's own from now on.</param>
    /// <param name="time">The clock of the deadlines.</param>
    internal MosquittoWorker(BrokerSettings settings, string clientId, MqttMessage? will, Relay relay, TimeProvider time)
    {
        (this.settings, this.clientId, this.will, this.relay, this.time) = (settings, clientId, will, relay, time);
        (requests, inbox) = (new(bell, time), new(time));
        keepAliveSeconds = settings.KeepAliveSeconds - Random.Shared.Next((settings.KeepAliveSeconds / 10) + 1);
        heard = time.GetTimestamp();
    }

    internal void Start() => new Thread(Run) { IsBackground = true, Name = "mqtt" }.Start();

    /// <summary>Completes on CONNACK: null, or why there was none.</summary>
    internal Task<string?> Opened => opened.Task;

    /// <summary>What is wrong with the way, of a failed opening; null when the broker itself said no.</summary>
    internal string? WayTrouble { get; private set; }

    internal Task<string> Lost => lost.Task;

    internal ChannelReader<MqttMessage> Received => inbox.Reader;

    internal Task<Answer> Ask(Send send) => requests.Put(send);

    /// <summary>Says goodbye to the broker; completes when everything native is freed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!closing)
            closingSince = time.GetTimestamp();
        closing = true;
        inbox.Close();
        requests.Close("the connection was closed");
        await freed.Task;
    }

    private void Run()
    {
        try
        {
            using var handle = new MosquittoHandle(clientId, new(OnConnected, requests.Answered, OnArrived, OnEnded));
            if (will is not null)
                handle.SetWill(will);
            var code = handle.Connect(relay.Path, keepAliveSeconds);
            End(code == 0 ? Serve(handle) : MosquittoWords.Why(code));
        }
        catch (Exception e)
        {
            End(e is MqttException ? e.Message : $"unexpected: {e.Message}");
        }
        relay.Dispose();
        bell.Dispose();
        freed.SetResult();
    }

    private string Serve(MosquittoHandle handle)
    {
        while (true)
        {
            if (closing && (!connected || requests.Done || time.GetElapsedTime(closingSince) >= Goodbye))
                return Part(handle);
            if (Turn(handle) is { } reason)
                return reason;
        }
    }

    /// <summary>Waits, reads, writes, pings, sends, and looks at the clock, once. Returns why the connection is over, else null.</summary>
    private string? Turn(MosquittoHandle handle)
    {
        var (readable, writable, broken) = bell.Wait(handle.Socket, read: true, handle.WantsToWrite, UntilNextTurn());
        if (readable)
            heard = time.GetTimestamp();
        var code = readable || broken ? handle.Read() : 0;
        if (code == 0 && writable && handle.Socket >= 0)
            code = handle.Write();
        if (code == 0 && handle.Socket >= 0)
            code = handle.KeepAlive();
        var why = code == 0 ? null : MosquittoWords.Why(code);
        if (handle.Fault is { } fault)
            return $"unexpected: {fault.Message}";
        if (ending is not null)
            return ending;
        if (why is not null || handle.Socket < 0 || (broken && !connected))
        {
            WayTrouble = relay.Reason is null ? Trouble.NoAnswer : Trouble.Unwelcome;
            return relay.Reason ?? why ?? Line.Closed;
        }
        return (connected ? requests.SendAll(handle) : null) ?? Overdue();
    }

    private string? Overdue() =>
        requests.Owed >= settings.Answer ? $"no acknowledgement for {settings.Answer.TotalSeconds} s"
        : connected && time.GetElapsedTime(heard) >= LongestSilence ? MosquittoWords.NoPing
        : null;

    /// <summary>
    /// So long a working broker is never silent: by then the library has sent a ping, a beat and the second that it counts in late at most, and an
    /// answer to it was due. The library itself would wait for that answer a whole keep-alive more.
    /// </summary>
    private TimeSpan LongestSilence
    {
        get
        {
            var keepAlive = TimeSpan.FromSeconds(keepAliveSeconds);
            var answer = keepAlive + Beat + TimeSpan.FromSeconds(1) + settings.Answer;
            return answer < 2 * keepAlive ? answer : 2 * keepAlive;
        }
    }

    private TimeSpan UntilNextTurn()
    {
        var left = settings.Answer - requests.Owed;
        var quiet = LongestSilence - time.GetElapsedTime(heard);
        left = connected && quiet < left ? quiet : left;
        left = closing && Goodbye - time.GetElapsedTime(closingSince) is var patience && patience < left ? patience : left;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < Beat ? left : Beat;
    }

    /// <summary>DISCONNECT, and nothing is read after it: libmosquitto takes an answer that comes now for an error and would hang up first.</summary>
    private string Part(MosquittoHandle handle)
    {
        var start = time.GetTimestamp();
        using var lastWord = new LastWord(handle.Socket);
        handle.Disconnect();
        while (connected && handle.Socket >= 0 && time.GetElapsedTime(start) is var spent && spent < Goodbye)
        {
            var (_, writable, broken) = bell.Wait(handle.Socket, read: false, write: true, Goodbye - spent);
            if (broken || (writable && handle.Write() != 0))
                break;
        }
        lastWord.Wait(Goodbye - time.GetElapsedTime(start), time);
        return "it was closed";
    }

    private void End(string reason)
    {
        lost.TrySetResult(reason);
        requests.End($"the connection is lost: {reason}");
        opened.TrySetResult(reason);
        inbox.Close();
    }

    private void OnConnected(int reason)
    {
        if (reason == 0)
            connected = opened.TrySetResult(null);
        else
            ending = $"refused: {MosquittoWords.Refusal(reason)}";
    }

    private void OnArrived(MqttMessage message)
    {
        if (!inbox.Put(message).AsTask().GetAwaiter().GetResult())
            ending ??= "nobody read the messages that had come";
    }

    private void OnEnded(int code)
    {
        if (code >= MosquittoWords.FirstRefusal)
            ending ??= $"the broker ended it: {MosquittoWords.Refusal(code)}";
    }
}
