using System.Buffers.Binary;

namespace ClassContact.KitBench.Usb;

/// <summary>Builds descriptors: little-endian, as USB has everything.</summary>
internal sealed class Bytes
{
    private readonly List<byte> bytes = [];

    public Bytes Add(params ReadOnlySpan<byte> more)
    {
        bytes.AddRange(more);
        return this;
    }

    public Bytes Add16(params ReadOnlySpan<ushort> values)
    {
        Span<byte> two = stackalloc byte[2];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(two, value);
            bytes.AddRange(two);
        }

        return this;
    }

    public Bytes Add24(int value) => Add((byte)value, (byte)(value >> 8), (byte)(value >> 16));

    public Bytes Add32(params ReadOnlySpan<uint> values)
    {
        foreach (var value in values) Add16((ushort)value, (ushort)(value >> 16));
        return this;
    }

    public byte[] ToArray() => [.. bytes];
}
