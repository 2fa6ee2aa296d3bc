using System.Globalization;
using System.Text;

namespace ClassContact.Agent.Watch;

/// <summary>Text from elsewhere as it may be printed: a terminal obeys some characters, and others turn the line around.</summary>
internal static class Printable
{
    /// <summary>On one line, without characters that are not seen, and cut to <paramref name="most"/> characters.</summary>
    internal static string Of(string? text, int most)
    {
        var kept = new StringBuilder();
        var count = 0;
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (IsUnseen(rune))
                continue;
            if (++count > most)
                return $"{kept.ToString(0, LastRune(kept))}…";
            kept.Append(rune.ToString());
        }
        return kept.ToString();
    }

    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;

    private static int LastRune(StringBuilder text) =>
        text.Length - (text.Length > 1 && char.IsLowSurrogate(text[^1]) ? 2 : Math.Min(1, text.Length));
}
