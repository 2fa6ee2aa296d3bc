namespace ClassContact.Kit.Screen;

/// <summary>
/// What stands on a keyboard's keys, for people: settings name keys as the kernel does, by their place on a US keyboard. The words <c>cap.…</c> have what a
/// Belgian keyboard, a kit's, says otherwise (xkb's <c>be</c>): its A is the kernel's Q. In each language alike, for the keyboard stays the same.
/// </summary>
public static class KeyCaps
{
    /// <summary>The keys of a chord, joined by <c> + </c>: <c>LeftCtrl+Q</c> is <c>Ctrl + A</c>. A key without words of its own is told as it is named.</summary>
    /// <param name="chord">The chord, as in <see cref="Keys.KeySettings"/>.</param>
    /// <param name="words">The language.</param>
    public static string Of(string chord, Words words) =>
        string.Join(" + ", chord.Split('+', StringSplitOptions.TrimEntries).Select(name => words.Find(Key(name)) ?? name));

    private static string Key(string name) => $"cap.{name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant()}";
}
