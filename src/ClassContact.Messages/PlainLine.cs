using System.Globalization;
using System.Text;

namespace ClassContact.Messages;

/// <summary>What a line of text from outside must be to be shown to a class: the same rule for who writes it and for the kit that shows it.</summary>
public static class PlainLine
{
    /// <summary>Marks on one letter. Vietnamese has two; hundreds would paint over what stands above and below.</summary>
    private const int MostMarks = 2;

    /// <summary>Why the text is refused, as a code: <c>empty</c>, <c>too-long</c>, <c>not-plain</c>; null for a good one.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">In characters (Unicode code points).</param>
    public static string? ProblemOf(string text, int longest)
    {
        if (text.Length > 2 * longest) // before anybody looks at a megabyte of it
            return "too-long";
        var (count, marks, isBlank) = (0, 0, true);
        foreach (var rune in text.EnumerateRunes())
        {
            var kind = Rune.GetUnicodeCategory(rune);
            marks = kind is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (IsUnseen(kind) || rune == Rune.ReplacementChar || marks > MostMarks) // a lone surrogate is read as U+FFFD
                return "not-plain";
            isBlank &= Rune.IsWhiteSpace(rune);
            count++;
        }
        return count > longest ? "too-long" : isBlank ? "empty" : null;
    }

    // Line breaks, what moves a cursor, turns the direction of writing or is not seen at all; also what joins emoji into one, which a sentence can do without.
    private static bool IsUnseen(UnicodeCategory kind) => kind
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
