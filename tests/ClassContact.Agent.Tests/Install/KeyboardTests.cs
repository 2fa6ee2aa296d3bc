using System.Text.RegularExpressions;
using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Install;

/// <summary>The keyboard that the kiosk's screen has (<c>packaging/linux/xkb</c>), as the library of every Wayland screen understands it.</summary>
[Trait("Kit", "none")]
public sealed partial class KeyboardTests : IDisposable
{
    /// <summary>Shift, AltGr, both, neither: some layouts give a keypad a fifth, for Ctrl and Alt together, which are not there.</summary>
    private const int Levels = 4;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Without Ctrl, Alt, a Windows key, F keys and Escape no key combination of a browser, a screen or a console can be typed.</summary>
    [Theory]
    [InlineData("be", "")]
    [InlineData("fr", "")]
    [InlineData("fr", "bepo")]
    [InlineData("nl", "")]
    [InlineData("de", "")]
    [InlineData("us", "intl")]
    [InlineData("ch", "fr")]
    public async Task A_layout_types_and_does_nothing_else(string layout, string variant)
    {
        var keymap = await Keymap(layout, variant);
        var symbols = Symbols().Matches(keymap[keymap.IndexOf("xkb_symbols", StringComparison.Ordinal)..]).SelectMany(key => key.Groups["symbols"].Value.Split(',').Take(Levels)).Select(symbol => symbol.Trim()).ToHashSet();
        Assert.Superset(new HashSet<string> { "a", "Z", "8", "at", "Tab", "Return", "BackSpace", "Left", "Shift_L", "ISO_Level3_Shift", "space", "period" }, symbols);
        Assert.DoesNotContain(symbols, symbol => Forbidden().IsMatch(symbol));
    }

    private async Task<string> Keymap(string layout, string variant)
    {
        var code = await ChildProcess.Run("keymap", folder.Path, "xkbcli", ["compile-keymap", "--rules", "classcontact", "--layout", layout, "--variant", variant],
            new Dictionary<string, string?> { ["XKB_CONFIG_EXTRA_PATH"] = Checkout.Packaging("xkb") });
        var keymap = await File.ReadAllTextAsync(folder.File("keymap.log"), TestContext.Current.CancellationToken);
        Assert.True(code == 0, keymap);
        return keymap;
    }

    [GeneratedRegex(@"\[ +(?<symbols>[^\]]*)\]")]
    private static partial Regex Symbols();

    [GeneratedRegex(@"^(F\d+|Escape|(Control|Alt|Meta|Super|Hyper)_[LR]|Menu|Print|Sys_Req|Break|Pause|Cancel|Help|Terminate_Server|XF86\w+|Pointer_\w+|Insert)$")]
    private static partial Regex Forbidden();
}
