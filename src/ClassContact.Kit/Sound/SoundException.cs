namespace ClassContact.Kit.Sound;

/// <summary>Sound could not be recorded or played.</summary>
/// <param name="reason">One of the constants here; also a reason of the checks that use sound.</param>
/// <param name="message">For the log.</param>
internal sealed class SoundException(string reason, string message) : Exception(message)
{
    /// <summary>The device was not opened, or ended early.</summary>
    public const string NotOpened = "not-opened";

    /// <summary>It did not end in time.</summary>
    public const string Hangs = "hangs";

    /// <summary>The library or the tool is not installed.</summary>
    public const string NotInstalled = "not-installed";

    /// <summary>Which.</summary>
    public string Reason => reason;
}
