using System.Buffers.Binary;

namespace ClassContact.Mqtt.Mosquitto;

/// <summary>
/// Lets through what is MQTT 5 from a broker, packet by packet. libmosquitto 2.0.11 ends the whole process (an assertion in its log) when it
/// meets a property that it does not know, so it must never meet one.
/// </summary>
internal sealed class PacketSieve
{
    /// <summary>Our own limit, far beyond any document of a kit: a broker that announces more would have us wait for it and hold it.</summary>
    internal const int LongestPacket = 16 * 1024 * 1024;

    private const int Least = 4096;
    private byte[] held = new byte[Least];
    private int count;

    /// <summary>Where the next bytes go.</summary>
    internal Memory<byte> Room()
    {
        if (held.Length - count < Least)
            Array.Resize(ref held, held.Length * 2);
        return held.AsMemory(count);
    }

    /// <summary>So many bytes came. Returns how many of all that is held are whole packets; -1 when it is not MQTT.</summary>
    internal int Came(int bytes)
    {
        count += bytes;
        var whole = 0;
        while (whole < count)
        {
            var rest = held.AsSpan(whole, count - whole);
            var (header, body) = Lengths(rest);
            if (body < 0 || body > LongestPacket)
                return -1;
            if (header == 0 || rest.Length - header < body)
                return whole;
            if (!IsPacket(rest[0], rest.Slice(header, body)))
                return -1;
            whole += header + body;
        }
        return whole;
    }

    /// <summary>The first bytes of what is held.</summary>
    internal ReadOnlyMemory<byte> First(int bytes) => held.AsMemory(0, bytes);

    /// <summary>They are on their way.</summary>
    internal void Drop(int bytes)
    {
        count -= bytes;
        held.AsSpan(bytes, count).CopyTo(held);
        if (count < Least && held.Length > 16 * Least)
            held = held[..(2 * Least)]; // one long message must not be paid for ever
    }

    // MQTT 5, 2.1: type and flags, then the length in one to four groups of seven bits. A header of 0: it is not all there; a body of -1: it is none.
    private static (int Header, int Body) Lengths(ReadOnlySpan<byte> rest)
    {
        var body = 0;
        for (var i = 1; i <= 4; i++)
        {
            if (i >= rest.Length)
                return (0, 0);
            body |= (rest[i] & 0x7F) << (7 * (i - 1));
            if (rest[i] < 0x80)
                return (i + 1, body);
        }
        return (0, -1);
    }

    private static bool IsPacket(byte first, ReadOnlySpan<byte> body)
    {
        const int Publish = 3;
        var (type, flags) = (first >> 4, first & 0x0F);
        if (type != Publish && flags != (type == 6 ? 2 : 0)) // 2.1.3: reserved
            return false;
        var fields = new Fields(body);
        switch (type)
        {
            case 2: // CONNACK: flags, reason
                fields.Skip(2);
                fields.Properties();
                return fields.IsAtEnd;
            case Publish when (flags & 0x06) != 0x06: // topic, id unless QoS 0
                fields.Text();
                fields.Skip((flags & 0x06) != 0 ? 2 : 0);
                fields.Properties();
                return fields.IsGood;
            case 4 or 5 or 6 or 7: // PUBACK and its like: id, then perhaps a reason, then perhaps properties
                fields.Skip(2);
                fields.ReasonAndProperties();
                return fields.IsAtEnd;
            case 9 or 11: // SUBACK, UNSUBACK: id, then a reason for each
                fields.Skip(2);
                fields.Properties();
                return fields is { IsGood: true, IsAtEnd: false };
            case 13: // PINGRESP
                return fields.IsAtEnd;
            case 14: // DISCONNECT
                fields.ReasonAndProperties();
                return fields.IsAtEnd;
            default: // what only clients send, and AUTH, which nobody asked for
                return false;
        }
    }

    /// <summary>Walks over a packet's fields; once something does not fit, nothing does.</summary>
    private ref struct Fields(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> rest = rest;

        internal bool IsGood { get; private set; } = true;

        internal readonly bool IsAtEnd => IsGood && rest.IsEmpty;

        internal void Skip(int bytes)
        {
            IsGood = IsGood && bytes <= rest.Length;
            rest = IsGood ? rest[bytes..] : [];
        }

        // Text, and bytes: two bytes of length before them.
        internal void Text() => Skip(rest.Length < 2 ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(rest));

        internal void ReasonAndProperties()
        {
            if (!rest.IsEmpty)
                Skip(1);
            if (!rest.IsEmpty)
                Properties();
        }

        internal void Properties()
        {
            var length = Number();
            if (!IsGood || length > rest.Length)
            {
                IsGood = false;
                return;
            }
            var all = new Fields(rest[..length]);
            while (!all.IsAtEnd && all.IsGood)
                all.Property();
            IsGood = all.IsGood;
            Skip(length);
        }

        // MQTT 5, 2.2.2.2.
        private void Property()
        {
            switch (Number())
            {
                case 0x01 or 0x17 or 0x19 or 0x24 or 0x25 or 0x28 or 0x29 or 0x2A:
                    Skip(1);
                    break;
                case 0x13 or 0x21 or 0x22 or 0x23:
                    Skip(2);
                    break;
                case 0x02 or 0x11 or 0x18 or 0x27:
                    Skip(4);
                    break;
                case 0x0B:
                    _ = Number();
                    break;
                case 0x03 or 0x08 or 0x09 or 0x12 or 0x15 or 0x16 or 0x1A or 0x1C or 0x1F:
                    Text();
                    break;
                case 0x26:
                    Text();
                    Text();
                    break;
                default:
                    IsGood = false;
                    break;
            }
        }

        private int Number()
        {
            var number = 0;
            for (var i = 0; i < 4 && IsGood; i++)
            {
                var group = rest.IsEmpty ? 0 : rest[0];
                Skip(1);
                number |= (group & 0x7F) << (7 * i);
                if (group < 0x80)
                    return number;
            }
            IsGood = false;
            return 0;
        }
    }
}
