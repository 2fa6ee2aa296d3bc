using System.Buffers.Binary;

namespace ClassContact.KitBench.Usb;

/// <summary>A colour as JPEG has it (ITU T.871), each value less 128.</summary>
internal readonly record struct Ycc(int Y, int Cb, int Cr)
{
    public static Ycc Of(Rgb of) => new(
        (int)Math.Round(0.299 * of.Red + 0.587 * of.Green + 0.114 * of.Blue) - 128,
        (int)Math.Round(-0.168736 * of.Red - 0.331264 * of.Green + 0.5 * of.Blue),
        (int)Math.Round(0.5 * of.Red - 0.418688 * of.Green - 0.081312 * of.Blue));
}

/// <summary>A baseline JPEG of blocks that are each of one colour: only their means are coded, exactly. 4:2:2, as webcams send.</summary>
internal sealed class FlatJpeg(int width, int height)
{
    public const int BlockWidth = 16;
    public const int BlockHeight = 8;

    /// <summary>Where the comment's text begins.</summary>
    public const int CommentAt = 6;

    // The codes of T.81's table K.3 for how many bits a difference has, and how long they are.
    private static readonly (int Code, int Length)[] Sizes = [(0, 2), (2, 3), (3, 3), (4, 3), (5, 3), (6, 3), (14, 4), (30, 5), (62, 6)];

    private readonly List<byte> coded = [];
    private Ycc last;
    private int bits;
    private int count;

    /// <summary>The next block, from left to right and then down.</summary>
    public void Add(Ycc colour)
    {
        Difference(colour.Y - last.Y);
        Difference(0); // the same once more: two blocks of brightness
        Difference(colour.Cb - last.Cb);
        Difference(colour.Cr - last.Cr);
        last = colour;
    }

    /// <summary>The whole file.</summary>
    public byte[] ToArray(byte[] comment)
    {
        while (count != 0) Bits(1, 1);
        return
        [
            0xff, 0xd8, .. Segment(0xfe, comment),
            .. Segment(0xdb, [0, .. Enumerable.Repeat((byte)8, 64)]), // a mean of eight by eight is coded eight times as large
            .. Segment(0xc0, [8, .. Big(height), .. Big(width), 3, 1, 0x21, 0, 2, 0x11, 0, 3, 0x11, 0]),
            .. Segment(0xc4, [0x00, 0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
            .. Segment(0xc4, [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), // one code: nothing but the mean
            .. Segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]), .. coded, 0xff, 0xd9,
        ];
    }

    private static byte[] Segment(byte marker, byte[] content) => [0xff, marker, .. Big(content.Length + 2), .. content];

    private static byte[] Big(int value)
    {
        var two = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(two, (ushort)value);
        return two;
    }

    private void Difference(int by)
    {
        var size = 32 - int.LeadingZeroCount(Math.Abs(by));
        Bits(Sizes[size].Code, Sizes[size].Length);
        Bits(by < 0 ? by + (1 << size) - 1 : by, size);
        Bits(0, 1); // and no more of this block
    }

    private void Bits(int value, int length)
    {
        for (var at = length - 1; at >= 0; at--)
        {
            bits = bits << 1 | (value >> at & 1);
            if (++count < 8) continue;
            coded.Add((byte)bits);
            if ((byte)bits == 0xff) coded.Add(0); // else it would be a marker
            (bits, count) = (0, 0);
        }
    }
}
