namespace ClassContact.Kit.Keys;

/// <summary>What a key asks for.</summary>
public enum KeyAction
{
    /// <summary>Start the class.</summary>
    Start,

    /// <summary>End the class.</summary>
    End,

    /// <summary>Turn the class's sound off, or on again.</summary>
    Mute,

    /// <summary>Call the helpdesk's attention.</summary>
    Help,
}

/// <summary>One deliberate use of a chord.</summary>
/// <param name="Action">What it asks for.</param>
/// <param name="Held">
/// End: true once it has been held for 1 s; false when it was let go before, a tap, upon which the room is told to hold. The others: always
/// false; they are given 50 ms after the press, when no other key has followed, and once, however long the press.
/// </param>
public sealed record KeyStroke(KeyAction Action, bool Held);

/// <summary>The keyboards that can start a call, told at the first look and after every change.</summary>
/// <param name="Ready">How many are listened to.</param>
/// <param name="NoPermission">How many input devices may not be read (yet), which might be keyboards.</param>
/// <param name="Names">Names of those that are listened to, as the devices give them, joined by ", ".</param>
public sealed record KeyboardsPresent(int Ready, int NoPermission, string Names);
