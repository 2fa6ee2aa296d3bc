namespace ClassContact.Mqtt;

/// <summary>The broker, or the way to it, did not do what was asked. The message is written for the helpdesk and holds no secret.</summary>
public sealed class MqttException : Exception
{
    /// <summary>With the sentence to show.</summary>
    public MqttException(string message)
        : base(message)
    {
    }

    /// <summary>With the sentence to show and what lies behind it.</summary>
    public MqttException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>What is wrong with the way, one of <see cref="Ways.Trouble"/>; null when it is not the way that failed.</summary>
    internal string? Trouble { get; init; }
}
