using System.Threading.Channels;

namespace ClassContact.Mqtt;

/// <summary>
/// One network connection to a broker: it is open when one gets it, and once it is lost it stays lost. Whoever wants another opens another, with
/// a last will of its own (<see cref="BrokerLoop"/>). All members may be called from any thread.
/// </summary>
public interface IMqttConnection : IAsyncDisposable
{
    /// <summary>
    /// The broker's messages in their order; ends when the connection does. It holds 1,024. A reader that falls behind first slows the broker down,
    /// and if it then takes nothing for 5 s the connection is lost: a message left out in silence would leave a kit wrongly "up" on somebody's
    /// screen, while a new connection reads all retained state again.
    /// </summary>
    ChannelReader<MqttMessage> Received { get; }

    /// <summary>Completes once, with the reason in words, when the connection is gone, whatever the cause. Never fails.</summary>
    Task<string> Lost { get; }

    /// <summary>
    /// Sends a message with QoS 1 and completes when the broker has acknowledged it, which says that the broker has it, not that a reader has.
    /// </summary>
    /// <param name="message">Its payload must not change before the task completes.</param>
    /// <param name="ct">Ends the wait only: the message may still arrive.</param>
    /// <exception cref="MqttException">The broker refused the message, or the connection is lost or was lost before the answer came.</exception>
    Task Publish(MqttMessage message, CancellationToken ct);

    /// <summary>Subscribes with QoS 1 and completes when the broker has granted it.</summary>
    /// <param name="filter">A topic, <c>+</c> and <c>#</c> allowed.</param>
    /// <param name="ct">Ends the wait only.</param>
    /// <exception cref="MqttException">The broker refused, or the connection is lost or was lost before the answer came.</exception>
    Task Subscribe(string filter, CancellationToken ct);
}
