using ClassContact.Kit.Keys;
using Xunit;

namespace ClassContact.Kit.Tests.Keys;

public class KeySettingsTests
{
    [Fact]
    public void The_defaults_are_good() => Assert.Empty(new KeySettings().Problems());

    [Theory]
    [InlineData("f9")]
    [InlineData("LeftCtrl+LeftAlt+S")]
    [InlineData("leftctrl + leftalt + s")]
    [InlineData("KP_Enter")]
    [InlineData("KPENTER")]
    [InlineData("LEFT_CTRL+1")]
    [InlineData("Menu")]
    [InlineData("NextSong")]
    public void Names_are_the_kernels_whatever_their_case_and_underscores(string start) =>
        Assert.Empty(new KeySettings(start).Problems());

    [Theory]
    [InlineData("F9", 67)]
    [InlineData("KP_Enter", 96)]
    [InlineData("LeftMeta", 125)]
    [InlineData("Compose", 127)]
    [InlineData("Menu", 139)]
    [InlineData("F24", 194)]
    [InlineData("PlayPause", 164)]
    [InlineData("Select", 0x161)]
    [InlineData("Fn", 0x1d0)]
    public void A_name_has_the_kernels_code(string name, int code)
    {
        Assert.True(KeyNames.TryCode(name, out var found));
        Assert.Equal(code, found);
    }

    [Fact]
    public void Every_problem_is_named_at_once_with_its_field() =>
        Assert.Equal(
            [
                "start 'F99' is not a key; near it are F9, F19",
                "end 'Umschalt' is not a key; names are the kernel's without KEY_, such as F9, LEFTCTRL, KPENTER",
                "end 'Umschalt+F10+f10' names f10 twice",
                "keyboard is empty; leave it out to listen to every keyboard",
            ],
            new KeySettings("F99", "Umschalt+F10+f10", " ").Problems());

    [Theory]
    [InlineData("LeftControl", "LEFTCTRL")]
    [InlineData("Ctrl", "LEFTCTRL, RIGHTCTRL")]
    [InlineData("Entre", "ENTER")]
    [InlineData("Pagedwn", "PAGEDOWN")]
    public void A_mistyped_key_brings_near_ones_the_nearest_first(string start, string near) =>
        Assert.StartsWith($"start '{start}' is not a key; near it are {near}", Assert.Single(new KeySettings(start).Problems()), StringComparison.Ordinal);

    [Theory]
    [InlineData("F9", "F9", "end 'F9' is the same as start")]
    [InlineData("LeftCtrl+S", "s+LEFTCTRL", "end 's+LEFTCTRL' is the same as start")]
    [InlineData("F9", "LeftShift+F9", "end 'LeftShift+F9' contains start 'F9'; pressing one would press the other")]
    [InlineData("LeftShift+F9", "F9", "start 'LeftShift+F9' contains end 'F9'; pressing one would press the other")]
    [InlineData("", "F10", "start is empty; name a key, such as F9")]
    [InlineData("F9+", "F10", "start 'F9+' has a '+' without a key; names are the kernel's without KEY_, such as F9, LEFTCTRL, KPENTER")]
    [InlineData("A+B+C+D+E", "F10", "start 'A+B+C+D+E' has 5 keys; at most 4 can be told apart")]
    public void What_cannot_work_is_refused(string start, string end, string problem) =>
        Assert.Equal(problem, Assert.Single(new KeySettings(start, end).Problems()));

    [Theory]
    [InlineData("F9", "F1", "mute 'F9' is the same as start")]
    [InlineData("LeftCtrl+F10", "F1", "mute 'LeftCtrl+F10' contains end 'F10'; pressing one would press the other")]
    [InlineData("F8", "f_8", "help 'f_8' is the same as mute")]
    [InlineData("F8", "F99", "help 'F99' is not a key; near it are F9, F19")]
    public void Mute_and_help_may_not_clash_either(string mute, string help, string problem) =>
        Assert.Equal(problem, Assert.Single(new KeySettings(Mute: mute, Help: help).Problems()));

    [Theory]
    [InlineData("F8", "F10", "F8 F10 F1")]
    [InlineData("F9", "F1", "F9 F1 F8")]
    [InlineData("LeftShift+F8", "LeftCtrl+F1", "LeftShift+F8 LeftCtrl+F1")]
    public void The_usual_keys_of_mute_and_help_give_way_to_what_somebody_has_chosen(string start, string end, string keys)
    {
        var settings = new KeySettings(start, end);
        Assert.Empty(settings.Problems());
        Assert.Equal(keys, string.Join(' ', new[] { settings.Start, settings.End, settings.MuteChord, settings.HelpChord }.OfType<string>()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_kit_may_do_without_mute_and_help(string? none)
    {
        var keys = new KeySettings(Mute: none, Help: none);
        Assert.Empty(keys.Problems());
        Assert.Equal([KeyAction.Start, KeyAction.End], keys.Chords().Select(key => key.Action));
    }

    [Fact]
    public void Every_clash_is_named_at_once() => Assert.Equal(
        ["end 'F9' is the same as start", "mute 'F9' is the same as start", "mute 'F9' is the same as end"],
        new KeySettings("F9", "F9", Mute: "F9").Problems());

    [Fact]
    public void Chords_that_share_a_key_may_stand_side_by_side() =>
        Assert.Empty(new KeySettings("LeftCtrl+F9", "LeftCtrl+F10").Problems());
}
