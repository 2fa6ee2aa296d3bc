using System.Text.RegularExpressions;
using Xunit;

namespace ClassContact.Kit.Tests.House;

public partial class Tidiness
{
    private static readonly string[] TopLevel = ["src", "tests", "packaging", "configs", "README.md", "ClassContact.Agent.sln", "global.json"];

    [Fact]
    public void The_top_level_holds_what_the_house_rules_allow() => Assert.All(
        Repository.Files.Select(file => file.Split('/')[0]).Distinct(),
        name => Assert.True(
            TopLevel.Contains(name) || name.StartsWith('.') || name is "Directory.Build.props" or "Directory.Build.targets" or "Directory.Packages.props",
            $"'{name}' does not belong on the top level"));

    [Fact]
    public void No_file_names_the_machine_that_it_was_written_on() => Assert.All(
        Repository.Files.Where(file => new FileInfo(Repository.File(file)).Length < 1024 * 1024),
        file => Assert.True(MachinePlace().Match(Repository.Text(file)) is { Success: false }, $"{file}: {MachinePlace().Match(Repository.Text(file)).Value}"));

    [Fact]
    public void Every_script_can_be_run_and_is_good_bash()
    {
        var scripts = Repository.Files.Where(file => StartsWithShebang(file) || file.EndsWith(".sh", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(scripts);
        const UnixFileMode run = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        foreach (var script in scripts)
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Repository.File(script)).HasFlag(run), $"chmod +x {script}");
            if (Repository.Text(script).Split('\n')[0].EndsWith("sh", StringComparison.Ordinal))
                Assert.True(Repository.Output("bash", "-n", script) is not null, $"bash -n {script}");
        }
    }

    // What git does not know the run bit of is of no use in a fresh clone.
    [Fact]
    public void Git_knows_the_run_bit_of_every_script()
    {
        var staged = Repository.Output("git", "ls-files", "--stage");
        Assert.SkipWhen(staged is null, "no git here");
        Assert.All(
            staged.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
                .Where(line => File.Exists(Repository.File(line[1])) && StartsWithShebang(line[1])),
            line => Assert.StartsWith("100755 ", line[0], StringComparison.Ordinal));
    }

    [Fact]
    public void No_source_file_is_longer_than_four_hundred_lines() => Assert.All(
        Repository.Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)),
        file => Assert.True(Repository.Text(file).Split('\n').Length <= 400, $"{file} is too long: split it by what it is about"));

    private static bool StartsWithShebang(string file)
    {
        using var reader = new StreamReader(Repository.File(file));
        return reader.Read() == '#' && reader.Read() == '!';
    }

    // Folders of a developer's or a build machine, and hosts of package registries. The brackets keep this file from matching itself.
    [GeneratedRegex("(?<![\\w.])/(?:roo[t]|wor[k]|hom[e]/(?!kit\\b)\\w+|User[s])/|api[.]nuget[.]or[g]|registry[.]npmj[s]|pkgs[.]dev[.]azur[e]|npm[.]pk[g]|pypi[.]or[g]")]
    private static partial Regex MachinePlace();
}
