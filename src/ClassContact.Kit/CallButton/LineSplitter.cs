using System.Text;

namespace ClassContact.Kit.CallButton;

/// <summary>Cuts bytes into lines. One that is longer than any of the protocol is left out to its end, and nothing is kept of it.</summary>
internal sealed class LineSplitter
{
    /// <summary>The longest line, in bytes, without its end.</summary>
    public const int Longest = 40;

    private readonly byte[] line = new byte[Longest];
    private int length;

    /// <summary>The lines that these bytes complete, without their ends (LF, or CR and LF); what is no ASCII in them reads as '?'.</summary>
    public IReadOnlyList<string> Add(ReadOnlySpan<byte> bytes)
    {
        List<string> lines = [];
        foreach (var value in bytes)
        {
            if (value == '\n')
            {
                if (length <= Longest)
                    lines.Add(Encoding.ASCII.GetString(line, 0, length).TrimEnd('\r'));
                length = 0;
            }
            else if (length < Longest)
            {
                line[length++] = value;
            }
            else
            {
                length = Longest + 1;
            }
        }
        return lines;
    }
}
