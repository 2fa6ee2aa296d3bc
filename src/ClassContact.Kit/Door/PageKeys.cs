using System.Collections.Frozen;
using System.Globalization;
using ClassContact.Kit.Keys;

namespace ClassContact.Kit.Door;

/// <summary>The kernel's keys as pages name them (UI Events KeyboardEvent code Values, W3C): both name places, not letters.</summary>
internal static class PageKeys
{
    private static readonly FrozenDictionary<ushort, string> Names = All().ToFrozenDictionary(pair => Code(pair.Kernel), pair => pair.Page);

    /// <summary>The page's name of a key; null for one that no chord of the door has.</summary>
    public static string? Of(ushort code) => Names.GetValueOrDefault(code);

    private static IEnumerable<(string Kernel, string Page)> All()
    {
        for (var letter = 'A'; letter <= 'Z'; letter++)
            yield return ($"{letter}", $"Key{letter}");
        for (var digit = '0'; digit <= '9'; digit++)
            yield return ($"{digit}", $"Digit{digit}");
        for (var number = 1; number <= 12; number++)
            yield return (Numbered(number), Numbered(number));
        foreach (var side in new[] { "Left", "Right" })
        {
            yield return ($"{side}Ctrl", $"Control{side}");
            yield return ($"{side}Alt", $"Alt{side}");
            yield return ($"{side}Shift", $"Shift{side}");
        }
    }

    private static string Numbered(int number) => string.Create(CultureInfo.InvariantCulture, $"F{number}");

    private static ushort Code(string name) => KeyNames.TryCode(name, out var code) ? code : throw new InvalidOperationException(name);
}
