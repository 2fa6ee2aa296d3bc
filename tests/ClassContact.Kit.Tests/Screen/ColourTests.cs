using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace ClassContact.Kit.Tests.Screen;

/// <summary>WCAG 2.1, 1.4.3: text against what is behind it, at least 4.5 to 1, computed from the colours in the files.</summary>
public sealed partial class ColourTests
{
    private const double Enough = 4.5;

    [Theory]
    [InlineData("ready")]
    [InlineData("working")]
    [InlineData("attention")]
    [InlineData("trouble")]
    public void The_standby_page_can_be_read_in_every_mood(string mood)
    {
        var colours = Colours(WordsTests.Source("Page/standby.css"), ":root", mood);
        (string Text, string Behind)[] pairs =
        [
            ("ink", "paper"), ("quiet", "paper"), ("accent", "paper"), ("done", "paper"), ("failed", "paper"), ("on-panel", "panel"), ("ink", "cap"),
        ];
        Assert.All(pairs, pair => Assert.InRange(Contrast(colours[pair.Text], colours[pair.Behind]), Enough, 21));
    }

    [Theory]
    [InlineData("ready")]
    [InlineData("working")]
    [InlineData("attention")]
    [InlineData("trouble")]
    public void The_overlay_can_be_read_in_every_mood(string mood)
    {
        var colours = Colours(WordsTests.Source("Page/overlay.js"), "p[data-mood", mood);
        Assert.InRange(Contrast(colours["text"], colours["back"]), Enough, 21);
        Assert.InRange(Contrast(colours["dot"], colours["back"]), 3, 21); // 1.4.11, graphics
    }

    [Fact]
    public void Text_takes_its_colours_from_the_checked_ones_only() => Assert.All(
        Declaration().Matches(WordsTests.Source("Page/standby.css")).Select(match => match.Groups[1].Value.Trim()),
        value => Assert.Matches(@"^(var\(--[a-z-]+\)|currentcolor|none)$", value));

    [Fact]
    public void Nothing_moves() =>
        Assert.DoesNotMatch(@"@keyframes|animation:|transition:", WordsTests.Source("Page/standby.css"));

    [Fact]
    public void Black_on_white_is_21_to_1() => Assert.Equal(21, Contrast("#000000", "#ffffff"), 3);

    private static Dictionary<string, string> Colours(string css, string root, string mood)
    {
        var colours = new Dictionary<string, string>();
        foreach (Match rule in Rule().Matches(css))
        {
            var selector = rule.Groups[1].Value.Trim();
            if (!selector.StartsWith(root, StringComparison.Ordinal) || (selector.Contains('"') && !selector.EndsWith($"[data-mood=\"{mood}\"]", StringComparison.Ordinal)
                && !selector.EndsWith($"[data-mood=\"{mood}\"])", StringComparison.Ordinal)))
                continue;
            foreach (Match property in Property().Matches(rule.Groups[2].Value))
                colours[property.Groups[1].Value] = property.Groups[2].Value;
        }
        return colours;
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.03928 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }

    [GeneratedRegex(@"([^{}/;`]+)\{([^{}]*)\}")]
    private static partial Regex Rule();

    [GeneratedRegex(@"--([a-z-]+):\s*(#[0-9a-f]{6})")]
    private static partial Regex Property();

    [GeneratedRegex(@"(?<![-a-z])(?:color|background|fill|stroke):([^;}]+)[;}]")]
    private static partial Regex Declaration();
}
