namespace ClassContact.KitBench.Usb;

/// <summary>The eight bytes of a control request (USB 2.0, 9.3).</summary>
/// <param name="Type">bmRequestType: direction, class and whom it is for.</param>
/// <param name="Request">bRequest.</param>
/// <param name="Value">wValue.</param>
/// <param name="Index">wIndex: an interface or endpoint.</param>
/// <param name="Length">wLength, in bytes.</param>
internal readonly record struct Setup(byte Type, byte Request, ushort Value, ushort Index, ushort Length);

/// <summary>One part of an isochronous transfer: where it lies in the buffer and how long it may be, in bytes.</summary>
internal readonly record struct Packet(uint Offset, uint Length);

/// <summary>What the machine's kernel asks of a device's endpoint.</summary>
/// <param name="Number">The kernel's number of it.</param>
/// <param name="Endpoint">0 for control requests.</param>
/// <param name="IsIn">Whether data goes into the machine.</param>
/// <param name="Length">How many bytes may go in, or go out.</param>
/// <param name="Setup">Of a control request.</param>
/// <param name="Data">What goes out.</param>
/// <param name="Packets">Of an isochronous transfer; else none.</param>
internal sealed record Transfer(uint Number, int Endpoint, bool IsIn, int Length, Setup Setup, byte[] Data, Packet[] Packets);

/// <summary>One request of the kernel's.</summary>
/// <param name="Number">The kernel's number of it.</param>
/// <param name="Transfer">A transfer; null when it takes one back.</param>
/// <param name="TakenBack">The number of that one.</param>
internal sealed record Asked(uint Number, Transfer? Transfer, uint TakenBack);

/// <summary>What came of a transfer.</summary>
/// <param name="Status">0, or the kernel's number of an error.</param>
/// <param name="Data">What goes into the machine.</param>
/// <param name="Lengths">How much of it each packet of an isochronous transfer has; null for packets that went out.</param>
internal sealed record Outcome(int Status, byte[] Data, int[]? Lengths = null)
{
    /// <summary>All of it went out.</summary>
    public static readonly Outcome Taken = new(0, []);

    /// <summary>EPIPE: the device refuses the request.</summary>
    public static readonly Outcome Refused = new(-32, []);
}
