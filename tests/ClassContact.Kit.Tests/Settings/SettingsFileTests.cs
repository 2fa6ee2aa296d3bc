using System.Runtime.Versioning;
using System.Text;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tests.Keys;
using Xunit;

namespace ClassContact.Kit.Tests.Settings;

[SupportedOSPlatform("linux")]
public class SettingsFileTests
{
    private const string NotJson = "is not JSON here (a comma, a quote or a bracket is missing or too many)";

    [Theory]
    [InlineData("   ")]
    [InlineData("// only a comment")]
    [InlineData("{")]
    [InlineData("{ 'kit': 1 }")]
    [InlineData("{} {}")]
    [InlineData("https://www.vectera.com/meet/team/room/?key=aVerySecretAccessKey")]
    public void What_is_not_JSON_is_named_without_a_word_of_it(string text) => Assert.Equal([$"kit.json:1: {NotJson}"], SettingsFolder.ProblemsOf(text));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void The_line_is_the_one_an_editor_shows(string end)
    {
        var text = string.Join(end, "{", "  // comment", "  \"kit\": \"kit-1\",", "  \"school\": \"École\" \"oops\"", "}");
        Assert.Equal([$"kit.json:4: {NotJson}"], SettingsFolder.ProblemsOf(text));
        Assert.Equal([$"kit.json:4: {NotJson}"], SettingsFolder.ProblemsOf([.. "\uFEFF"u8, .. Encoding.UTF8.GetBytes(text)]));
    }

    [Theory]
    [InlineData("\n", false)]
    [InlineData("\r\n", false)]
    [InlineData("\r\n", true)]
    public void Comments_trailing_commas_Windows_lines_and_a_byte_order_mark_are_all_right(string end, bool mark)
    {
        var text = ("// first\n" + SettingsFolder.Kit.Replace("\n}", ", // last\n/* and\nmore */ \"keys\": { \"start\": \"F7\", }, }\n", StringComparison.Ordinal))
            .Replace("\n", end, StringComparison.Ordinal);
        Assert.Empty(SettingsFolder.ProblemsOf([.. mark ? "\uFEFF"u8 : ""u8, .. Encoding.UTF8.GetBytes(text)]));
    }

    [Fact]
    public void Lines_count_right_behind_comments_and_Windows_ends() =>
        Assert.Equal(
            ["kit.json:5: kit must be a text in quotes"],
            SettingsFolder.ProblemsOf(SettingsFolder.Kit
                .Replace("\"kit\": \"kit-0042\"", "/* one\n two */ // three\n\n\"kit\": 1", StringComparison.Ordinal)
                .Replace("\n", "\r\n", StringComparison.Ordinal)));

    [Theory]
    [InlineData(63)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void A_deep_nest_is_refused_and_breaks_nothing(int depth) =>
        Assert.Single(SettingsFolder.ProblemsOf(new string('[', depth) + new string(']', depth)));

    [Theory]
    [InlineData("\"school\": \"\\ud800\"")]
    [InlineData("\"\\ud800\": \"École\"")]
    public void An_escape_that_is_half_a_character_is_named_in_a_text_and_in_a_name(string school) =>
        Assert.Equal([$"kit.json:3: {NotJson}"], SettingsFolder.ProblemsOf(SettingsFolder.Kit.Replace("\"school\": \"École du Parc\"", school, StringComparison.Ordinal)));

    // A Windows editor's "ANSI" and "Unicode".
    [Theory]
    [InlineData("iso-8859-1", "\"school\": \"École\"", 3)]
    [InlineData("iso-8859-1", "\"école\": \"Ecole\"", 3)]
    [InlineData("utf-16", "\"school\": \"École\"", 1)]
    public void Text_that_is_no_UTF8_is_named_with_its_line(string encoding, string school, int line)
    {
        var text = SettingsFolder.Kit.Replace("\"school\": \"École du Parc\"", school, StringComparison.Ordinal);
        var bytes = Encoding.GetEncoding(encoding);
        var problem = Assert.Single(SettingsFolder.ProblemsOf([.. bytes.GetPreamble(), .. bytes.GetBytes(text)]));
        Assert.Equal($"kit.json:{line}: is not UTF-8 text here: save the file as UTF-8", problem);
    }

    [Fact]
    public void A_file_of_two_megabytes_is_no_settings_file() =>
        Assert.Equal(["kit.json: is longer than 1048576 bytes: this is no settings file"], SettingsFolder.ProblemsOf(new byte[2 * 1024 * 1024]));

    [Fact]
    public void A_missing_file_says_so_and_so_does_a_missing_folder()
    {
        using var folder = new SettingsFolder();
        Assert.Equal("does not exist", Assert.Single(Setup.Read(folder.File("no.json")).Problems).Text);
        Assert.Equal("does not exist", Assert.Single(Setup.Read(folder.File("no/kit.json")).Problems).Text);
        Assert.Equal("does not exist", Assert.Single(Setup.Read(folder.File("kit.json/kit.json")).Problems).Text);
    }

    [Fact]
    public void A_folder_instead_of_a_file_says_so()
    {
        using var folder = new SettingsFolder();
        Assert.Equal("is a folder, not a file", Assert.Single(Setup.Read(folder.Path).Problems).Text);
        folder.Write("kit.json", SettingsFolder.Kit.Replace("\"link\"", "\".\"", StringComparison.Ordinal).Replace("meeting.json", "", StringComparison.Ordinal));
        Assert.Contains("is a folder, not a file", Assert.Single(folder.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_with_a_null_character_is_a_problem_not_a_crash()
    {
        var problem = Assert.Single(SettingsFolder.ProblemsOf(SettingsFolder.Kit.Replace("meeting.json", "a\\u0000b", StringComparison.Ordinal)));
        Assert.EndsWith("does not exist", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_permission_says_that_this_user_may_not()
    {
        using var folder = new SettingsFolder();
        File.SetUnixFileMode(folder.File("kit.json"), UnixFileMode.None); // not for its owner either, when that is who runs this
        var problem = Assert.Single(PipeKeyboard.AsNobody(() => Setup.Read(folder.File("kit.json"))).Problems);
        Assert.Equal("may not be read by this user", problem.Text);
    }

    [Fact]
    public void A_file_in_a_folder_without_permission_says_that_this_user_may_not()
    {
        using var folder = new SettingsFolder();
        Directory.CreateDirectory(folder.File("shut"));
        folder.Write("shut/kit.json", SettingsFolder.Kit);
        File.SetUnixFileMode(folder.File("shut"), UnixFileMode.None);
        var problem = Assert.Single(PipeKeyboard.AsNobody(() => Setup.Read(folder.File("shut/kit.json"))).Problems);
        File.SetUnixFileMode(folder.File("shut"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal("may not be read by this user", problem.Text);
    }
}
