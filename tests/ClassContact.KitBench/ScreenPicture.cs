using System.Globalization;
using ClassContact.KitBench.Usb;

namespace ClassContact.KitBench;

/// <summary>What stood on a machine's screen at one moment.</summary>
public sealed class ScreenPicture
{
    private readonly byte[] pixels; // red, green, blue

    private ScreenPicture(int width, int height, byte[] pixels) => (Width, Height, this.pixels) = (width, height, pixels);

    /// <summary>In pixels.</summary>
    public int Width { get; }

    /// <summary>In pixels.</summary>
    public int Height { get; }

    /// <summary>Which part of the screen, 0 to 1, has about this colour: sharp lines and a picture's compression change it a little.</summary>
    public double Share(Rgb colour, int tolerance = 40)
    {
        var count = 0;
        for (var i = 0; i < pixels.Length; i += 3)
        {
            if (Math.Abs(pixels[i] - colour.Red) <= tolerance && Math.Abs(pixels[i + 1] - colour.Green) <= tolerance && Math.Abs(pixels[i + 2] - colour.Blue) <= tolerance)
                count++;
        }
        return count / (double)(Width * Height);
    }

    /// <summary>Which part of the screen, 0 to 1, is not as it is in another picture of the same size.</summary>
    public double Differs(ScreenPicture other)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.pixels.Length, pixels.Length);
        var count = 0;
        for (var i = 0; i < pixels.Length; i += 3)
        {
            if (!pixels.AsSpan(i, 3).SequenceEqual(other.pixels.AsSpan(i, 3)))
                count++;
        }
        return count / (double)(Width * Height);
    }

    /// <summary>Reads what QEMU writes (PPM, P6, 255 levels).</summary>
    internal static ScreenPicture Read(byte[] file)
    {
        var (words, at) = (new List<string>(), 0);
        while (words.Count < 4)
        {
            var end = Array.FindIndex(file, at, b => b is (byte)' ' or (byte)'\n');
            words.Add(System.Text.Encoding.ASCII.GetString(file, at, end - at));
            at = end + 1;
        }
        var (width, height) = (int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
        return words[0] == "P6" && words[3] == "255" && file.Length - at == 3 * width * height
            ? new(width, height, file[at..]) : throw new FormatException($"not a picture of QEMU's: {string.Join(' ', words)}");
    }
}
