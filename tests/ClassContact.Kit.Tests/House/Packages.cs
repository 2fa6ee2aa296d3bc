using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace ClassContact.Kit.Tests.House;

public class Packages
{
    private const string List = "tests/ClassContact.Kit.Tests/House/packages.txt";

    // Its lines after this one are of the other flavour, whose lock files are only there once somebody had its packages.
    private const string OnlyNamed = "# Only with KitLibraries=Named:";
    private const string NamedLock = "packages.named.lock.json";

    private static readonly List<string[]> Lines =
    [
        .. Repository.Text(List).Split(HasNamedLocks ? "\0" : OnlyNamed)[0].Split('\n')
            .Where(line => line.Trim().Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(" - ", 2, StringSplitOptions.TrimEntries)),
    ];

    private static bool HasNamedLocks => Repository.Files.Any(f => f.EndsWith("/" + NamedLock, StringComparison.Ordinal));

    /// <summary>Id and whether a project of ours asks for it, from the lock files of what is shipped.</summary>
    private static Dictionary<string, bool> Locked()
    {
        var found = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        var locks = Repository.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".lock.json", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(locks);
        foreach (var package in locks.SelectMany(file => JsonDocument.Parse(Repository.Text(file)).RootElement.GetProperty("dependencies").EnumerateObject())
            .SelectMany(framework => framework.Value.EnumerateObject()))
        {
            var type = package.Value.GetProperty("type").GetString();
            if (type != "Project")
                found[package.Name] = found.GetValueOrDefault(package.Name) || type == "Direct";
        }
        return found;
    }

    [Fact]
    public void What_is_shipped_brings_no_package_that_nobody_has_agreed_to()
    {
        var (locked, listed) = (Locked().Keys, Lines.Select(line => line[0]));
        string[] differences =
        [
            .. locked.Except(listed, StringComparer.OrdinalIgnoreCase)
                .Select(id => $"+ {id}: new. Is it needed, kept up and licensed for this? Then add a line, with the reason if we ask for it."),
            .. listed.Except(locked, StringComparer.OrdinalIgnoreCase).Select(id => $"- {id}: no longer there. Take its line out."),
        ];
        Assert.True(differences.Length == 0, $"{List} does not match the lock files of src:\n{string.Join('\n', differences.Order())}");
    }

    [Fact]
    public void A_package_that_we_ask_for_has_a_reason_and_the_others_come_along()
    {
        var locked = Locked();
        Assert.All(Lines.Where(line => locked.ContainsKey(line[0])), line =>
            Assert.True(
                locked[line[0]] == (line.Length == 2),
                $"{line[0]}: {(locked[line[0]] ? "add ' - ' and the reason why we ask for it" : "nobody asks for it, so it has no reason")}"));
    }

    [Theory]
    [InlineData("ClassContact.Mqtt", "MQTTnet", "KitMqtt")]
    [InlineData("ClassContact.Kit", "NAudio", "KitSound")]
    [InlineData("ClassContact.Kit", "NAudio.Alsa", "KitSound")]
    [InlineData("ClassContact.Kit", "System.IO.Ports", "KitSerial")]
    public void What_the_feed_lacks_is_asked_for_by_its_switch_alone(string project, string package, string property)
    {
        var references = XDocument.Load(Repository.File($"src/{project}/{project}.csproj")).Descendants("PackageReference");
        var reference = Assert.Single(references, e => e.Attribute("Include")?.Value == package);
        Assert.Equal($"'$({property})' == 'Named'", reference.Attribute("Condition")?.Value);
    }

    [Theory]
    [InlineData("Microsoft.Extensions.Hosting")]
    [InlineData("MQTTnet")]
    [InlineData("System.IO.Ports")]
    [InlineData("NAudio")]
    [InlineData("Polly.Core")]
    [InlineData("Serilog.Sinks.File")]
    public void The_six_packages_that_the_user_named_stand_in_the_central_list_without_a_condition(string package)
    {
        var versions = XDocument.Load(Repository.File("Directory.Packages.props")).Descendants("PackageVersion");
        var version = Assert.Single(versions, e => e.Attribute("Include")?.Value == package);
        Assert.All(version.AncestorsAndSelf(), e => Assert.Null(e.Attribute("Condition")));
    }
}
