using System.Globalization;
using System.Text;

namespace ClassContact.KitBench.Usb;

/// <summary>
/// What an emulated camera sees: one plain colour and, in white in the middle, the number of the picture, so that a picture of a screen tells whether it
/// shows this camera, and two of them whether it moves. 640 by 480 as JPEG (ITU T.81), as large as a real camera's; or a quarter of that, with the
/// number's last digits, for what a browser in a machine decodes takes a part of it from all else.
/// </summary>
/// <param name="colour">The plain colour.</param>
/// <param name="isSmall">320 by 240.</param>
public sealed class TestPicture(Rgb colour, bool isSmall = false)
{
    private const int Digits = 5; // of a number; in small, three of them are seen
    private readonly int shown = isSmall ? 3 : Digits;
    private readonly int filling = isSmall ? 7_500 : 30_000; // bytes; a picture of a class is some 40 kB, 640 by 480

    // Digits of five by seven dots, a row in each octal pair.
    private static readonly string[] Shapes =
        ["16212325312116", "04140404040416", "16210102041037", "37020402012116", "02061222370202", "37203601012116", "06102036212116", "37010204101010", "16212116212116", "16212117010214"];

    /// <summary>Magenta: on no page of ours, nor on any meeting's that is known.</summary>
    public static readonly Rgb Magenta = new(208, 48, 176);

    /// <summary>The plain colour.</summary>
    public Rgb Colour => colour;

    /// <summary>In pixels.</summary>
    public int Width { get; } = isSmall ? 320 : 640;

    /// <summary>In pixels.</summary>
    public int Height { get; } = isSmall ? 240 : 480;

    /// <summary>The picture with this number, always the same bytes.</summary>
    public byte[] Jpeg(int number)
    {
        var (plain, white) = (Ycc.Of(colour), Ycc.Of(new(255, 255, 255)));
        var text = number.ToString("00000", CultureInfo.InvariantCulture)[^shown..];
        var blocks = new FlatJpeg(Width, Height);
        for (var y = 0; y < Height / FlatJpeg.BlockHeight; y++)
        for (var x = 0; x < Width / FlatJpeg.BlockWidth; x++)
            blocks.Add(IsWhite(text, x, y) ? white : plain);
        return blocks.ToArray(Comment(number));
    }

    /// <summary>The number of a picture that <see cref="Jpeg"/> made.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static int NumberOf(ReadOnlySpan<byte> jpeg) => int.Parse(Encoding.ASCII.GetString(jpeg.Slice(FlatJpeg.CommentAt, Digits)), CultureInfo.InvariantCulture);

    // A dot is a block wide and two high.
    private bool IsWhite(string text, int x, int y)
    {
        var (column, row) = (x - (Width / FlatJpeg.BlockWidth - shown * 6 + 1) / 2, y / 2 - (Height / FlatJpeg.BlockHeight / 2 - 7) / 2);
        if (row is < 0 or > 6 || column < 0 || column >= shown * 6 || column % 6 == 5) return false;
        var dots = Convert.ToInt32(Shapes[text[column / 6] - '0'].Substring(row * 2, 2), 8);
        return (dots >> (4 - column % 6) & 1) == 1;
    }

    private byte[] Comment(int number)
    {
        var bytes = new byte[filling];
        new Random(number).NextBytes(bytes);
        Encoding.ASCII.GetBytes(number.ToString("00000", CultureInfo.InvariantCulture)).CopyTo(bytes, 0);
        return bytes;
    }
}
