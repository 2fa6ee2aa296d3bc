using Xunit;

namespace ClassContact.Messages.Tests;

public sealed class PlainLineTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("Bonjour ! On vérifie le réseau : essayez dans 5 minutes. 😀")]
    [InlineData("Tiếng Việt, Ελληνικά, العربية, עברית, 中文")]
    [InlineData("e\u0301")]
    [InlineData("<script>alert(1)</script> {seconds} %s \\n")]
    public void Text_is_plain(string text) => Assert.Null(PlainLine.ProblemOf(text, 200));

    [Theory]
    [InlineData("one\ntwo")]
    [InlineData("one\rtwo")]
    [InlineData("tab\t")]
    [InlineData("nul\0")]
    [InlineData("escape \u001b[2J")]
    [InlineData("next line \u0085")]
    [InlineData("line \u2028 separator")]
    [InlineData("paragraph \u2029 separator")]
    [InlineData("turned \u202e round")]
    [InlineData("isolated \u2066 text")]
    [InlineData("unseen \u200b space")]
    [InlineData("tag \U000e0041")]
    [InlineData("private \ue000")]
    [InlineData("noncharacter \uffff")]
    [InlineData("replaced \ufffd")]
    [InlineData("e\u0301\u0301\u0301")]
    public void What_is_not_seen_or_leaves_its_line_is_not_plain(string text) => Assert.Equal("not-plain", PlainLine.ProblemOf(text, 200));

    [Fact]
    public void Half_a_character_is_not_plain() => Assert.Equal("not-plain", PlainLine.ProblemOf("half \ud83d of it", 200));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u00a0\u2003")]
    public void Nothing_but_blanks_is_empty(string text) => Assert.Equal("empty", PlainLine.ProblemOf(text, 200));

    [Theory]
    [InlineData("é")]
    [InlineData("😀")]
    public void Characters_are_counted_not_bytes_or_halves(string character)
    {
        Assert.Null(PlainLine.ProblemOf(string.Concat(Enumerable.Repeat(character, 200)), 200));
        Assert.Equal("too-long", PlainLine.ProblemOf(string.Concat(Enumerable.Repeat(character, 201)), 200));
        Assert.Equal("too-long", PlainLine.ProblemOf(string.Concat(Enumerable.Repeat(character, 1_000_000)), 200));
    }
}
