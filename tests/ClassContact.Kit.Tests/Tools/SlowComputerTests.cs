using ClassContact.Kit.Tools;
using Xunit;

namespace ClassContact.Kit.Tests.Tools;

public sealed class SlowComputerTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData("", 1)]
    [InlineData("fast", 1)]
    [InlineData("-3", 1)]
    [InlineData("0", 1)]
    [InlineData("10", 10)]
    [InlineData("1000", 20)]
    public void Nonsense_changes_no_deadline_and_nothing_makes_one_shorter(string? said, int factor) => Assert.Equal(factor, SlowComputer.Of(said));
}
