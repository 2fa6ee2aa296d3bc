using System.Threading.Channels;

namespace ClassContact.Mqtt;

/// <summary>Messages that came and wait for their reader. When it is full the receiver waits, and with it the broker.</summary>
internal sealed class Inbox(TimeProvider time)
{
    private const int MostUnread = 1024;

    /// <summary>How long a reader may take nothing at all. libmosquitto's thread sends no pings while it waits, and a
    /// broker puts out a client after one and a half keep-alives, 7.5 s at the shortest.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<MqttMessage> messages = Channel.CreateBounded<MqttMessage>(
        new BoundedChannelOptions(MostUnread) { FullMode = BoundedChannelFullMode.Wait, SingleWriter = true });

    internal ChannelReader<MqttMessage> Reader => messages.Reader;

    /// <summary>Puts a message in; false when nobody made room for it.</summary>
    internal async ValueTask<bool> Put(MqttMessage message)
    {
        if (messages.Writer.TryWrite(message))
            return true;
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            while (await messages.Writer.WaitToWriteAsync(patience.Token))
                if (messages.Writer.TryWrite(message))
                    return true;
            return true; // it was closed: nobody wants the message
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Nothing comes any more; what is there can still be read. Releases a <see cref="Put"/> that waits.</summary>
    internal void Close() => _ = messages.Writer.TryComplete();
}
