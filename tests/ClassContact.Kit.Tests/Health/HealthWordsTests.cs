using System.Runtime.Versioning;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Settings;
using Xunit;

namespace ClassContact.Kit.Tests.Health;

[SupportedOSPlatform("linux")]
public sealed class HealthWordsTests
{
    public static TheoryData<string> Languages => [.. Words.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_check_and_every_reason_has_its_words(string language)
    {
        var words = Words.Of(language);
        var wanted = All().SelectMany(check => check.Reasons.SelectMany(reason => new[] { $"check.{check.Code}.{reason}.what", $"check.{check.Code}.{reason}.do" })
            .Prepend($"check.{check.Code}.title"));
        Assert.Equal("", string.Join(' ', wanted.Where(key => words.Find(key) is null)));
    }

    [Fact]
    public void Every_check_has_a_code_of_its_own_and_stands_after_what_it_depends_on()
    {
        var seen = new HashSet<string>();
        Assert.All(All(), check =>
        {
            Assert.All(check.DependsOn, on => Assert.Contains(on, seen));
            Assert.True(seen.Add(check.Code), check.Code);
        });
    }

    private static IReadOnlyList<Kit.Health.Check> All()
    {
        using var folder = new Settings.SettingsFolder();
        var setup = Setup.Read(folder.File("kit.json"));
        Assert.True(setup.IsGood, string.Join('\n', setup.Problems));
        return KitChecks.Of(setup.Value!, new(() => true, () => 1), TimeProvider.System);
    }
}
