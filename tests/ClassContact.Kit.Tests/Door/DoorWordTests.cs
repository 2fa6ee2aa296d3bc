using ClassContact.Kit.Door;
using Xunit;

namespace ClassContact.Kit.Tests.Door;

public sealed class DoorWordTests
{
    [Fact]
    public void A_word_has_an_action_and_what_was_typed()
    {
        var word = DoorWord.Read("""{"action":"network.join","values":{"network":"École é","password":"a b\"c"}}""")!;
        Assert.Equal(("network.join", "École é", "a b\"c", ""), (word.Action, word["network"], word["password"], word["other"]));
        Assert.Equal("network.join", $"{word}"); // a log gets no more
        Assert.NotNull(DoorWord.Read("""{"action":"leave"}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"action\":1}")]
    [InlineData("{\"action\":\"\"}")]
    [InlineData("{\"action\":\"Rm -rf\"}")]
    [InlineData("{\"action\":\"../code\"}")]
    [InlineData("{\"action\":\"code\",\"values\":[]}")]
    [InlineData("{\"action\":\"code\",\"values\":{\"code\":1}}")]
    [InlineData("{\"action\":\"code\",\"values\":{\"code\":\"1\",\"code\":\"2\"}}")]
    [InlineData("{\"action\":\"code\",\"values\":{\"c0de\":\"1\"}}")]
    [InlineData("{\"action\":\"code\",\"values\":{\"code\":\"a\\nset wifi\"}}")]
    [InlineData("{\"action\":\"code\",\"values\":{\"code\":\"\\ud800\"}}")]
    [InlineData("{\"action\":\"code\",\"values\":{\"a\":{}}}")]
    [InlineData("{\"action\":\"code\",\"values\":{\"a\":\"\",\"b\":\"\",\"c\":\"\",\"d\":\"\",\"e\":\"\",\"f\":\"\",\"g\":\"\",\"h\":\"\",\"i\":\"\"}}")]
    public void Anything_else_is_none(string payload) => Assert.Null(DoorWord.Read(payload));

    [Fact]
    public void What_is_too_long_is_none()
    {
        Assert.Null(DoorWord.Read($$$"""{"action":"code","values":{"code":"{{{new string('1', 301)}}}"}}"""));
        Assert.Null(DoorWord.Read($$"""{"action":"leave"}{{new string(' ', DoorWord.Longest)}}"""));
    }
}
