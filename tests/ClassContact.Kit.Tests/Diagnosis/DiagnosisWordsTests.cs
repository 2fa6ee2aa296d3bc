using ClassContact.Kit.Diagnosis;
using ClassContact.Kit.Health;
using ClassContact.Kit.Screen;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Diagnosis;

public class DiagnosisWordsTests
{
    private static readonly DiagnosisWords French = new(Words.Of("fr"));
    private static readonly DiagnosisWords English = new(Words.Of("en"));

    [Fact]
    public void A_summary_never_counts_skipped_as_passed()
    {
        List<CheckResult> results =
        [
            .. Enumerable.Repeat(Finding.Pass(), 12).Append(Finding.Warn("r")).Append(Finding.Fail("r")).Concat(Enumerable.Repeat(Finding.Skipped("r"), 3))
                .Select(finding => new CheckResult(DiagnosisRunTests.Of("a", () => Finding.Pass()), finding, TimeSpan.Zero)),
        ];
        Assert.Equal("12 pass, 1 warn, 1 fail, 3 skipped", English.Summary(results));
        Assert.Equal("12 bons, 1 à surveiller, 1 en défaut, 3 non vérifiés", French.Summary(results));
        Assert.Equal("3 skipped", English.Summary(results[14..]));
    }

    [Fact]
    public void Every_verdict_has_a_mark_a_word_and_its_counts() => Assert.All([French, English], words => Assert.All(Enum.GetValues<Verdict>(), verdict =>
    {
        Assert.Matches(@"^[✓!✗–?] \S", words.Of(verdict));
        foreach (var count in new[] { 1, 2 })
            Assert.StartsWith($"{count} ", words.Summary([.. Enumerable.Repeat(new CheckResult(DiagnosisRunTests.Of("a", () => Finding.Pass()), new(verdict), TimeSpan.Zero), count)]), StringComparison.Ordinal);
    }));

    [Theory]
    [InlineData(42.123, "ms", null, "42,12 ms", "42.12 ms")]
    [InlineData(420.6, "ms", 300.0, "421 ms (limite 300 ms)", "421 ms (limit 300 ms)")]
    [InlineData(0.931, "1", 0.9, "93,1 % (limite 90 %)", "93.1 % (limit 90 %)")]
    [InlineData(1_500_000_000.0, "By", null, "1,5 Go", "1.5 GB")]
    [InlineData(12.0, "By", null, "12 octets", "12 bytes")]
    [InlineData(3.0, "{keyboard}", null, "3", "3")]
    [InlineData(-3.0, "s", null, "-3 s", "-3 s")]
    public void A_figure_has_the_languages_numbers_and_units(double value, string unit, double? limit, string french, string english)
    {
        Assert.Equal("x : " + french, French.Of(new Measure("classcontact.x", value, unit, limit)).Replace('\u00a0', ' '));
        Assert.Equal("x: " + english, English.Of(new Measure("classcontact.x", value, unit, limit)).Replace('\u00a0', ' '));
    }

    [Fact]
    public void What_no_check_foresees_has_words_of_its_own() => Assert.All([CheckRun.TooSlow, CheckRun.Broke], reason =>
    {
        var result = new CheckResult(DiagnosisRunTests.Of("a", () => Finding.Pass()), Finding.Error(reason), TimeSpan.Zero);
        Assert.All([French, English], words => Assert.NotEqual(words.What(result), words.Remedy(result)));
    });
}
