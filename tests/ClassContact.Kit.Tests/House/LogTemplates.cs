using System.Text.RegularExpressions;
using Xunit;

namespace ClassContact.Kit.Tests.House;

public partial class LogTemplates
{
    // The trimmed program has no properties that only Serilog would look for; and what an object holds is not for a log before somebody chose it.
    [Fact]
    public void No_log_template_takes_an_object_apart() => Assert.All(
        Repository.Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)),
        file => Assert.DoesNotMatch(TakesApart(), Repository.Text(file)));

    [GeneratedRegex("\\{@[A-Za-z]")]
    private static partial Regex TakesApart();
}
