namespace ClassContact.Mqtt;

/// <summary>One message, either way.</summary>
/// <param name="Topic">Where it goes or came from.</param>
/// <param name="Payload">Any bytes; none at all on a retained topic deletes what was retained.</param>
/// <param name="Retained">Outwards: the broker shall keep it for whoever comes later. Inwards: it was kept, so its age is unknown.</param>
public sealed record MqttMessage(string Topic, ReadOnlyMemory<byte> Payload, bool Retained = false);
