using System.Text;

namespace ClassContact.Kit.Holidays;

/// <summary>One line of iCalendar text as RFC 5545, section 3.1, has it: <c>NAME;PARAMETER=value:value</c>.</summary>
/// <param name="Line">From 1; where it begins in the file.</param>
/// <param name="Name">In capitals; empty for a line that is none.</param>
/// <param name="Parameters">In capitals, as written, without the first semicolon.</param>
/// <param name="Value">As written.</param>
internal readonly record struct ContentLine(int Line, string Name, string Parameters, string Value)
{
    /// <summary>The lines of a text, long ones joined again; they may end with or without a carriage return.</summary>
    public static IEnumerable<ContentLine> Of(string text)
    {
        var (line, begin) = (0, 1);
        var joined = new StringBuilder();
        foreach (var piece in text.Split('\n').Select(l => l.TrimEnd('\r')))
        {
            line++;
            if (piece.StartsWith(' ') || piece.StartsWith('\t'))
            {
                joined.Append(piece, 1, piece.Length - 1);
                continue;
            }
            if (joined.Length > 0)
                yield return Parse(begin, joined.ToString());
            joined.Clear().Append(piece);
            begin = line;
        }
        if (joined.Length > 0)
            yield return Parse(begin, joined.ToString());
    }

    /// <summary>The value with its escapes resolved: section 3.3.11.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Value.Length; i++)
        {
            if (Value[i] != '\\' || i + 1 == Value.Length)
                text.Append(Value[i]);
            else
                text.Append(Value[++i] is 'n' or 'N' ? '\n' : Value[i]);
        }
        return text.ToString();
    }

    private static ContentLine Parse(int line, string text)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                quoted = !quoted;
            if (text[i] != ':' || quoted)
                continue;
            var (name, parameters) = text.AsSpan(0, i).IndexOf(';') is var end and >= 0 ? (text[..end], text[(end + 1)..i]) : (text[..i], "");
            return new(line, name.ToUpperInvariant(), parameters.ToUpperInvariant(), text[(i + 1)..]);
        }
        return new(line, "", "", text);
    }
}
