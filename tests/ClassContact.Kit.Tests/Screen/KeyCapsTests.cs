using ClassContact.Kit.Keys;
using ClassContact.Kit.Screen;
using Xunit;

namespace ClassContact.Kit.Tests.Screen;

public class KeyCapsTests
{
    [Theory]
    [InlineData("F9", "F9")]
    [InlineData("LeftCtrl+LeftAlt+Q", "Ctrl + Alt + A")]
    [InlineData("left_shift + KP_Enter", "Maj + Entrée (pavé numérique)")]
    [InlineData("PlayPause", "PlayPause")]
    public void A_chord_is_told_as_it_stands_on_a_Belgian_keyboard(string chord, string caps) => Assert.Equal(caps, KeyCaps.Of(chord, Words.Of("fr")));

    [Fact]
    public void Every_cap_is_of_a_key_that_the_kernel_names() => Assert.All(
        Words.Of("fr").Sentences.Keys.Where(key => key.StartsWith("cap.", StringComparison.Ordinal)),
        key => Assert.True(KeyNames.TryCode(key["cap.".Length..], out _), key));

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void No_two_keys_that_one_types_with_are_told_alike(string language)
    {
        var words = Words.Of(language);
        var named = words.Sentences.Keys.Where(key => key.StartsWith("cap.", StringComparison.Ordinal)).Select(key => key["cap.".Length..]);
        var letters = Enumerable.Range('a', 26).Select(letter => $"{(char)letter}");
        Assert.Empty(named.Union(letters).GroupBy(name => KeyCaps.Of(name, words).ToUpperInvariant()).Where(same => same.Count() > 1).Select(same => string.Join(" ", same)));
    }
}
