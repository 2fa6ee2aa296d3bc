using System.Text;
using System.Text.Json;
using ClassContact.Kit.Settings;
using Xunit;

namespace ClassContact.Kit.Tests.Settings;

public class LinedJsonTests
{
    private static readonly LinedJson Json = LinedJson.Parse(Encoding.UTF8.GetBytes("""
        {
          "name": "x",
          "broker": {
            "tls": {
              "caFile": "a"
            }
          },
          "steps": [
            { "click": "a" },
            {
              "click": "b"
            },
            [1,
             2]
          ]
        }
        """));

    [Theory]
    [InlineData("name", 2)]
    [InlineData("broker", 3)]
    [InlineData("broker.tls.caFile", 5)]
    [InlineData("broker.tls.keyFile", 4)]
    [InlineData("broker.port", 3)]
    [InlineData("broker.port.more", 3)]
    [InlineData("steps[0].click", 9)]
    [InlineData("steps[1].click", 11)]
    [InlineData("steps[1].fill", 10)]
    [InlineData("steps[2][1]", 14)]
    [InlineData("steps[9].click", 8)]
    [InlineData("steps[-1].click", 8)]
    [InlineData("steps[x]", 8)]
    [InlineData("steps[99999999999]", 8)]
    [InlineData("name.deeper", 2)]
    [InlineData("nothing", 1)]
    [InlineData("", 1)]
    public void A_way_leads_to_the_nearest_line_there_is(string way, int line) => Assert.Equal(line, Json.Nearest(way).Line);

    [Fact]
    public void A_name_that_stands_twice_is_kept_twice() =>
        Assert.Equal([("a", 1), ("a", 2)], LinedJson.Parse("{ \"a\": 1,\n\"a\": 2 }"u8.ToArray()).Fields.Select(f => (f.Name, f.Line)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}}")]
    [InlineData("{} 1")]
    public void What_is_not_one_document_is_refused(string text) => Assert.ThrowsAny<JsonException>(() => LinedJson.Parse(Encoding.UTF8.GetBytes(text)));
}
