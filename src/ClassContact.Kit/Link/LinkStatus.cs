namespace ClassContact.Kit.Link;

/// <summary>How the kit's link to the helpdesk is doing.</summary>
/// <param name="IsConnected">A broker has acknowledged our presence on this connection. It does so every minute, and its silence ends the connection
/// within twice the keep-alive.</param>
/// <param name="Since">Since when that is so, as time since the agent started.</param>
/// <param name="Trouble">What last went wrong, in words; null if nothing has. It stays after a reconnect, for whoever asks why there was one.</param>
/// <param name="Waiting">Events that the broker has not acknowledged yet.</param>
/// <param name="Dropped">Events lost since the agent started because too many waited.</param>
public sealed record LinkStatus(bool IsConnected, TimeSpan Since, string? Trouble, int Waiting, long Dropped);
