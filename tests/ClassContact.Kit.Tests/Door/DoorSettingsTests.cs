using System.Runtime.CompilerServices;
using ClassContact.Kit.Door;
using ClassContact.Kit.Keys;
using ClassContact.Kit.Screen;
using Xunit;

namespace ClassContact.Kit.Tests.Door;

public sealed class DoorSettingsTests
{
    [Fact]
    public void The_usual_chord_is_told_to_the_page_by_its_own_names()
    {
        Assert.Empty(new DoorSettings().Problems(new()));
        Assert.Equal(["KeyT", "AltLeft", "ControlLeft"], new DoorSettings().OnThePage().OrderBy(key => key.Length));
        Assert.Empty(new DoorSettings("").Problems(new()));
        Assert.Empty(new DoorSettings("").OnThePage());
    }

    [Theory]
    [InlineData("T", "is one key")]
    [InlineData("LeftCtrl+Compose", "does not tell")]
    [InlineData("LeftCtrl+Tt", "is not a key")]
    [InlineData("LeftCtrl+F9", "would press each other")]
    [InlineData("RightShift+F1", "would press each other")]
    public void A_chord_that_cannot_work_is_named(string chord, string why) =>
        Assert.Contains(new DoorSettings(chord).Problems(new KeySettings()), problem => problem.StartsWith("chord ", StringComparison.Ordinal) && problem.Contains(why, StringComparison.Ordinal));

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Every_sentence_of_the_door_is_said_somewhere(string language)
    {
        var code = string.Concat(Directory.GetFiles(Path.GetFullPath(Path.Combine(Folder(), "../../../src/ClassContact.Kit/Door")), "*.cs").Select(File.ReadAllText))
            + File.ReadAllText(Path.GetFullPath(Path.Combine(Folder(), "../../../src/ClassContact.Agent/Run/UnlinkedKit.cs")));
        var unsaid = Words.Of(language).Sentences.Keys.Where(key => key.StartsWith("door.", StringComparison.Ordinal) && !IsSaid(key, code));
        Assert.Equal("", string.Join(' ', unsaid));
    }

    // As it stands, or put together: door.{section}.{title, sentence, action, action.does}, door.{kind of code screen}.{…}, door.sound.{field}.
    private static bool IsSaid(string key, string code)
    {
        var parts = key.Split('.');
        return code.Contains($"\"{key}\"", StringComparison.Ordinal)
            || (parts is [_, var section, "title" or "sentence" or "headline"] && code.Contains($"\"{section}\"", StringComparison.Ordinal))
            || (parts is [_, _, var action, ..] && code.Contains($"\"{action}\"", StringComparison.Ordinal) && parts is [_, _, _] or [_, _, _, "does"]);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
