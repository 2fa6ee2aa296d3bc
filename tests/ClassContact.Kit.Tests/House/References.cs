using System.Xml.Linq;
using Xunit;

namespace ClassContact.Kit.Tests.House;

public class References
{
    // Who may know whom (design: "Source"). A project that is not there yet has its line already.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["ClassContact.Messages"] = [],
        ["ClassContact.Mqtt"] = ["ClassContact.Messages"],
        ["ClassContact.Kit"] = ["ClassContact.Mqtt"],
        ["ClassContact.Agent"] = ["ClassContact.Kit"],
        ["ClassContact.Helpdesk"] = ["ClassContact.Messages"],
    };

    private static IEnumerable<string> Projects(string under) =>
        Repository.Files.Where(f => f.StartsWith(under + "/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal));

    private static IEnumerable<string> Included(string project, string what) => XDocument.Load(Repository.File(project)).Descendants(what)
        .Select(e => e.Attribute("Include")!.Value.Replace('\\', '/'));

    [Fact]
    public void Each_project_refers_to_no_other_than_the_design_says() => Assert.All(Projects("src"), project =>
        Assert.Equal(
            Allowed[Path.GetFileNameWithoutExtension(project)],
            Included(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r)!)));

    [Fact]
    public void Nothing_that_is_shipped_refers_to_the_tests() => Assert.All(
        Repository.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && Path.GetExtension(f) is ".csproj" or ".props" or ".targets"),
        file => Assert.DoesNotContain("tests/", Repository.Text(file).Replace('\\', '/'), StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void What_crosses_the_wire_needs_no_package() =>
        Assert.Empty(Included("src/ClassContact.Messages/ClassContact.Messages.csproj", "PackageReference"));

    [Fact]
    public void Every_project_stands_in_the_solution()
    {
        var solution = Repository.Text("ClassContact.Agent.sln").Replace('\\', '/');
        Assert.NotEmpty(Projects("src"));
        Assert.All(Projects("src").Concat(Projects("tests")), project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }
}
