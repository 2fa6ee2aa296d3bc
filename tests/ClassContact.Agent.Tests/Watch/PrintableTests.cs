using ClassContact.Agent.Watch;
using Xunit;

namespace ClassContact.Agent.Tests.Watch;

public sealed class PrintableTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("École 2B", "École 2B")]
    [InlineData("[red]x[/]", "[red]x[/]")]
    [InlineData("\u001b[31mred\u001b[0m", "[31mred[0m")]
    [InlineData("\u009b31m\u0007\b\r\n\tx", "31mx")]
    [InlineData("a\u202eb\u200bc\u2028d\ufeff", "abcd")]
    [InlineData("🎒🎒", "🎒🎒")]
    public void What_a_terminal_would_obey_is_taken_out(string? text, string expected) => Assert.Equal(expected, Printable.Of(text, 80));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("\ufffdx", Printable.Of("\ud800x", 80));

    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abc…")]
    [InlineData("ab🎒🎒🎒", 4, "ab🎒…")]
    [InlineData("ab", 1, "…")]
    public void What_is_too_long_is_cut_between_characters(string text, int most, string expected) => Assert.Equal(expected, Printable.Of(text, most));
}
