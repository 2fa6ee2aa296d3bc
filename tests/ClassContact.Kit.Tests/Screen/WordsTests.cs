using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ClassContact.Kit.Screen;
using Xunit;

namespace ClassContact.Kit.Tests.Screen;

public sealed partial class WordsTests
{
    public static TheoryData<string> Languages => [.. Words.Languages];

    [Fact]
    public void French_and_English_are_there() => Assert.Equal(["en", "fr"], Words.Languages);

    [Theory]
    [InlineData("nl")]
    [InlineData("FR")]
    [InlineData("")]
    [InlineData("../fr")]
    public void An_unknown_language_is_refused_with_those_there_are(string language) =>
        Assert.Contains($"no words in language '{language}'; there are en, fr", Assert.Throws<ArgumentException>(() => Words.Of(language)).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_language_has_the_keys_and_placeholders_of_French(string language)
    {
        static IEnumerable<string> Shape(Words words) => words.Sentences
            .Select(pair => $"{pair.Key}: {string.Join(' ', Placeholder().Matches(pair.Value).Select(match => match.Value).Order(StringComparer.Ordinal))}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(Shape(Words.Of("fr")).Where(line => !line.StartsWith("time", StringComparison.Ordinal)),
            Shape(Words.Of(language)).Where(line => !line.StartsWith("time", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_sentence_is_seen_by_somebody_and_every_placeholder_is_filled(string language)
    {
        var words = Words.Of(language);
        var marked = new Words(language, words.Sentences.ToDictionary(pair => pair.Key, pair => $"<{pair.Key}>{string.Concat(Placeholder().Matches(pair.Value))}"));
        var seen = Situations.Everything(marked);
        var page = Source("Page/standby.js");
        var unseen = words.Sentences.Keys.Where(key => !key.StartsWith("check.", StringComparison.Ordinal) && !key.StartsWith("diagnose.", StringComparison.Ordinal) && !key.StartsWith("door.", StringComparison.Ordinal) && !key.StartsWith("cap.", StringComparison.Ordinal) && !seen.Contains($"<{key}>", StringComparison.Ordinal) && !IsSaidByThePage(key, page));
        Assert.Equal("", string.Join(' ', unseen));
        Assert.Equal(["{seconds}"], Placeholder().Matches(Situations.Everything(words)).Select(match => match.Value).Distinct());
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_words_of_the_page_itself_have_no_placeholders(string language) => Assert.All(
        Words.Of(language).Sentences.Where(pair => pair.Key.StartsWith("page.", StringComparison.Ordinal) || pair.Key is "helpdesk.hours" or "helpdesk.number"),
        pair => Assert.DoesNotContain('{', pair.Value));

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_sentence_about_the_hours_has_the_same_hours_as_the_code(string language)
    {
        var words = Words.Of(language);
        Assert.All([HelpdeskHours.Opens, HelpdeskHours.Closes, HelpdeskHours.ClosesOnWednesday],
            time => Assert.Contains(words.Time(time), words["helpdesk.hours"], StringComparison.Ordinal));
    }

    [Fact]
    public void French_has_its_no_break_spaces_and_its_apostrophes() => Assert.All(
        Words.Of("fr").Sentences,
        pair => Assert.DoesNotMatch(@"[^\u00a0]:|[^\u202f][;!?]|«[^\u00a0]|[^\u00a0]»|'|[\d}] [\dhs]\b|h [\d{]|\.\.\.", pair.Value));

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_sentence_begins_or_ends_in_a_space_or_is_empty(string language) => Assert.All(
        Words.Of(language).Sentences, pair => Assert.Matches(@"^\S(.*\S)?$", pair.Value));

    [Fact]
    public void No_text_for_the_room_stands_in_code()
    {
        foreach (var file in Directory.EnumerateFiles(Folder(), "*.cs"))
            Assert.DoesNotMatch("[À-ÿ’]", Regex.Replace(File.ReadAllText(file), "///.*", "")); // comments may quote
        Assert.DoesNotMatch("[À-ÿ’]", Source("Page/standby.js") + Source("Page/standby.css") + Source("Page/overlay.js"));
        var body = Source("Page/standby.html").Split("<body>")[1];
        Assert.DoesNotMatch(@"\w", Tag().Replace(Comment().Replace(body, ""), ""));
    }

    private static bool IsSaidByThePage(string key, string page)
    {
        var stem = Regex.Replace(key, @"\.(headline|sentence)$", "");
        return key.StartsWith("page.", StringComparison.Ordinal) && page.Contains($"\"{stem}\"", StringComparison.Ordinal);
    }

    internal static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/ClassContact.Kit/Screen"));

    internal static string Source(string name) => File.ReadAllText(Path.Combine(Folder(), name));

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
