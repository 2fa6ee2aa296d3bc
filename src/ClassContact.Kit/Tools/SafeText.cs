using System.Globalization;
using System.Text;

namespace ClassContact.Kit.Tools;

/// <summary>The one place where text of a device or a program becomes text that may be shown, logged and sent.</summary>
internal static class SafeText
{
    /// <summary>A device's name has at most so many UTF-16 units: two lines on the standby page. USB allows 126, a file of ours any number.</summary>
    public const int MostOfAName = 60;

    /// <summary>What stands for a text of which nothing is left.</summary>
    public const string Nothing = "?";

    /// <summary>
    /// The text on one line, without what could move the cursor, turn the direction of writing or be invisible, and cut to its length.
    /// </summary>
    public static string Of(string text, int most = MostOfAName)
    {
        var safe = new StringBuilder(most);
        var blank = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsBlank(rune))
            {
                blank = safe.Length > 0;
                continue;
            }
            if (!IsShown(rune))
                continue;
            if (safe.Length + (blank ? 1 : 0) + rune.Utf16SequenceLength > most - 1)
                return safe.Append('…').ToString();
            if (blank)
                safe.Append(' ');
            blank = false;
            safe.Append(rune == Rune.ReplacementChar ? "?" : rune.ToString());
        }
        return safe.Length == 0 ? Nothing : safe.ToString();
    }

    private static bool IsBlank(Rune rune) =>
        Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control;

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
}
