using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace ClassContact.KitBench.Usb;

/// <summary>
/// A Jabra speakerphone: USB audio 1.0 with a loudspeaker (48 kHz, stereo) and a microphone (16 kHz) that hears a tone. Emulated, so that the kernel's own
/// driver has one: there is none to be had where tests run. Its buttons (HID) are there and never pressed: no driver of Debian 12's kernel takes this model's.
/// </summary>
public sealed class UsbSpeakerphone : UsbDevice
{
    private const int MicrophoneRate = 16000;
    private const byte Loudspeaker = 2; // its feature unit
    private const byte Microphone = 5;
    private const int Kept = 48000 * 60; // a minute of what the loudspeaker played
    private readonly ConcurrentDictionary<int, byte[]> volumes = [];
    private readonly ConcurrentDictionary<int, byte> mutes = [];
    private readonly List<short> played = [];
    private readonly Lock one = new();
    private long sample;

    // A telephony headset: mute, flash and hook, one bit each, in report 1.
    private static readonly byte[] Report = Convert.FromHexString("050b0905a1018501050b15002501092f09210920750195038122950d8101c0");

    /// <summary>What the microphone hears, in hertz.</summary>
    public double Tone { get; set; } = 440;

    /// <summary>Whether the machine has muted the microphone; it is not when it is plugged in.</summary>
    public bool IsMicrophoneMuted => IsMuted(Microphone);

    /// <summary>Whether the machine has muted the loudspeaker; it is not when it is plugged in.</summary>
    public bool IsLoudspeakerMuted => IsMuted(Loudspeaker);

    internal override int Speed => 2;

    private protected override (ushort Vendor, ushort Product) Ids => (0x0b0e, 0x0420);

    private protected override (byte Class, byte Sub, byte Protocol) Class => (0, 0, 0);

    private protected override string[] Names => ["GN Netcom A/S", "Jabra SPEAK 510 USB", "745C4B000001"];

    private protected override int Interfaces => 4;

    /// <summary>What the loudspeaker has played: one of its two channels, 48 kHz; the last minute. Of what it was sent while it was muted, silence.</summary>
    public short[] Played()
    {
        lock (one)
            return [.. played];
    }

    internal override void PowerOn()
    {
        base.PowerOn();
        volumes.Clear();
        mutes.Clear();
    }

    private protected override byte[] Packet()
    {
        var samples = new byte[MicrophoneRate / 1000 * 2]; // a millisecond's
        for (var at = 0; at < samples.Length; at += 2)
            BinaryPrimitives.WriteInt16LittleEndian(samples.AsSpan(at), IsMicrophoneMuted ? (short)0 : (short)(8000 * Math.Sin(2 * Math.PI * Tone * sample++ / MicrophoneRate)));
        return samples;
    }

    private protected override void Receive(ReadOnlySpan<byte> data)
    {
        lock (one)
        {
            for (; data.Length >= 4; data = data[4..]) played.Add(IsLoudspeakerMuted ? (short)0 : BinaryPrimitives.ReadInt16LittleEndian(data));
            if (played.Count > Kept) played.RemoveRange(0, played.Count - Kept / 2);
        }
    }

    private protected override byte[]? OfClass(Setup setup, byte[] data)
    {
        var (unit, control) = (setup.Index >> 8, setup.Value >> 8);
        return (setup.Type, setup.Request) switch
        {
            (0x81, 6) when control == 0x22 => Report,
            (0x21, 9 or 10 or 11) => [],
            (0x21, 1) when control == 1 && data.Length > 0 => Keep(() => mutes[unit] = data[0]),
            (0x21, 1) when control == 2 => Keep(() => volumes[unit] = data),
            (0xa1, _) when control == 1 => [mutes.GetValueOrDefault(unit)],
            (0xa1, 0x81) => volumes.GetValueOrDefault(unit, [0, 0]),
            (0xa1, 0x82) => Decibels(-40),
            (0xa1, 0x83) => Decibels(0),
            (0xa1, 0x84) => Decibels(1), // the step
            (0x22, _) => [],
            (0xa2, _) => new Bytes().Add24(48000).ToArray(),
            _ => null,
        };
    }

    // Audio class 1.0: two ways, each input terminal → feature unit → output terminal; then a streaming interface for each, then the buttons.
    private protected override byte[] Configuration()
    {
        var units = new Bytes()
            .Add(12, 36, 2, 1).Add16(0x0101).Add(0, 2).Add16(3).Add(0, 0).Add(10, 36, 6, Loudspeaker, 1, 1, 3, 0, 0, 0).Add(9, 36, 3, 3).Add16(0x0405).Add(4, Loudspeaker, 0)
            .Add(12, 36, 2, 4).Add16(0x0405).Add(3, 1).Add16(0).Add(0, 0).Add(9, 36, 6, Microphone, 4, 1, 3, 0, 0).Add(9, 36, 3, 6).Add16(0x0101).Add(0, Microphone, 0).ToArray();
        return new Bytes()
            .Add(9, 4, 0, 0, 0, 1, 1, 0, 0).Add(10, 36, 1).Add16(0x0100, (ushort)(10 + units.Length)).Add(2, 1, 2).Add(units)
            .Add(Stream(1, 1, 2, 48000, 0x01, 192)).Add(Stream(2, 6, 1, MicrophoneRate, 0x82, 36))
            .Add(9, 4, 3, 0, 1, 3, 0, 0, 0).Add(9, 33).Add16(0x0111).Add(0, 1, 34).Add16((ushort)Report.Length).Add(7, 5, 0x83, 3).Add16(8).Add(10).ToArray();
    }

    private static byte[] Stream(byte number, byte terminal, byte channels, int rate, byte endpoint, ushort size) => new Bytes()
        .Add(9, 4, number, 0, 0, 1, 2, 0, 0).Add(9, 4, number, 1, 1, 1, 2, 0, 0)
        .Add(7, 36, 1, terminal, 1).Add16(1).Add(11, 36, 2, 1, channels, 2, 16, 1).Add24(rate)
        .Add(9, 5, endpoint, (byte)(endpoint >= 0x80 ? 0x05 : 0x09)).Add16(size).Add(1, 0, 0).Add(7, 37, 1, 0, 0).Add16(0).ToArray();

    private bool IsMuted(byte unit) => mutes.GetValueOrDefault(unit) != 0;

    private static byte[] Decibels(int value) => new Bytes().Add16((ushort)(short)(value * 256)).ToArray();

    private static byte[] Keep(Action keep)
    {
        keep();
        return [];
    }
}
