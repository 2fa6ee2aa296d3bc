using System.Text;
using ClassContact.Kit.Tools;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ClassContact.Kit.Tests.Tools;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("Logitech BRIO", "Logitech BRIO")]
    [InlineData("  Caméra\tgrand\u00a0angle \n", "Caméra grand angle")]
    [InlineData("\u001b[2J\u001b[31mred\a", "[2J [31mred")]
    [InlineData("\u202egnp.exe\u2066\u200b\u200f\ufeff", "gnp.exe")]
    [InlineData("Owl 🦉👩\u200d🏫", "Owl 🦉👩🏫")]
    [InlineData("a\u2028b\u2029c\0d\u0085e", "a b c d e")]
    [InlineData("private \ue000\U000f0000 use", "private use")]
    [InlineData("", "?")]
    [InlineData(" \u200b\0 ", "?")]
    public void A_strange_name_becomes_one_that_can_be_shown(string name, string safe) => Assert.Equal(safe, SafeText.Of(name));

    [Fact]
    public void Half_a_character_becomes_a_question_mark() => Assert.Equal("lone ? half", SafeText.Of("lone \ud83e half"));

    [Fact]
    public void Bytes_that_are_no_text_become_question_marks() =>
        Assert.Equal("Cam???x", SafeText.Of(Encoding.UTF8.GetString([(byte)'C', (byte)'a', (byte)'m', 0xff, 0xfe, 0xc0, (byte)'x'])));

    [Fact]
    public void Ten_kilobytes_are_cut()
    {
        var safe = SafeText.Of(new string('x', 10_000));
        Assert.Equal(SafeText.MostOfAName, safe.Length);
        Assert.EndsWith("x…", safe, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_never_halves_a_character() => Assert.All(
        Enumerable.Range(0, 5), blanks => Assert.DoesNotContain('\ufffd', new string([.. SafeText.Of(new string('x', blanks) + string.Concat(Enumerable.Repeat("🦉", 100)))])));

    [Fact]
    public void Whatever_goes_in_what_comes_out_is_short_on_one_line_and_stays_as_it_is() => Prop.ForAll<string?>(
        ArbMap.Default.ArbFor<string?>(),
        text =>
        {
            var safe = SafeText.Of(text ?? "");
            return safe.Length is > 0 and <= SafeText.MostOfAName && !safe.Any(char.IsControl) && SafeText.Of(safe) == safe;
        }).QuickCheckThrowOnFailure();
}
