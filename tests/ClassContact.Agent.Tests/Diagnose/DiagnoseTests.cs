using System.Text.Json;
using ClassContact.Agent.Diagnose;
using ClassContact.Classroom;
using ClassContact.Kit;
using ClassContact.Kit.Health;
using ClassContact.Kit.Settings;
using ClassContact.Messages;
using Spectre.Console;
using Xunit;

namespace ClassContact.Agent.Tests.Diagnose;

/// <summary><c>diagnose</c> on a kit that has neither agent nor broker, into a text.</summary>
public sealed class DiagnoseTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private readonly IAnsiConsole console;

    public DiagnoseTests()
    {
        File.Copy(Path.Combine(Checkout.Root, "configs", "meeting", "vectera.json"), folder.File("meeting.json"));
        File.WriteAllText(folder.File("link"), "https://www.vectera.com/room/aVerySecretAccessKey");
        File.SetUnixFileMode(folder.File("link"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(folder.File("kit.json"), $$"""
            { "kit": "kit-1", "school": "École", "room": "5e B", "meeting": { "description": "meeting.json", "linkFile": "link" },
              "folders": { "run": "{{folder.Path}}", "kiosk": "{{folder.Path}}", "logs": "{{folder.Path}}", "input": "{{folder.Path}}" } }
            """);
        console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
    }

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        error.Dispose();
    }

    [Theory]
    [InlineData(Severity.StopsCalls, ExitCode.Failed)]
    [InlineData(Severity.Informs, ExitCode.Ok)]
    public async Task Only_a_fault_that_stops_a_call_ends_with_1(Severity severity, int code)
    {
        Assert.Equal(code, await Run(All(Finding.Warn("ended", "2020-01-01")) with { Severity = severity, Look = _ => Task.FromResult(Finding.Fail("ended", "2020-01-01")) }));
        Assert.Contains("✗ défaut", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("→ ", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 en défaut\n", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output.ToString());
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public async Task Json_is_one_document_with_verdicts_measures_limits_and_remedies()
    {
        Assert.Equal(ExitCode.Ok, await Run(All(Finding.Warn("ended", "2020-01-01", new Measure("classcontact.x", 1.5, "ms", 1))), json: true, language: "en"));
        var json = JsonDocument.Parse(output.ToString()).RootElement;
        var check = Assert.Single(json.GetProperty("checks").EnumerateArray());
        Assert.Equal(("kit-1", true, 1), (json.GetProperty("kit").GetString(), json.GetProperty("ready").GetBoolean(), json.GetProperty("counts").GetProperty("warn").GetInt32()));
        Assert.Equal(("warn", "ended", "informs", "2020-01-01"), (Text("verdict"), Text("reason"), Text("severity"), Text("found")));
        Assert.StartsWith("The calendar of holidays ends", Text("what"), StringComparison.Ordinal);
        Assert.StartsWith("The helpdesk must install", Text("remedy"), StringComparison.Ordinal);
        Assert.Equal((1.5, 1.0), (check.GetProperty("measures")[0].GetProperty("value").GetDouble(), check.GetProperty("measures")[0].GetProperty("limit").GetDouble()));

        string? Text(string name) => check.GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_code_that_nobody_knows_is_wrong_usage_and_names_those_there_are()
    {
        Assert.Equal(ExitCode.WrongUsage, await Run(All(Finding.Pass()), only: ["calendar-current", "nonsense"]));
        Assert.Contains("'nonsense' is not a check; there are calendar-current", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", output.ToString());
    }

    [Fact]
    public async Task Before_the_microphone_is_listened_to_it_is_said()
    {
        var said = "";
        await Run(All(Finding.Pass()) with { OnlyInDiagnosis = true, Look = _ => Task.FromResult(Say()) });
        Assert.StartsWith("Le micro est écouté pendant une seconde.", said, StringComparison.Ordinal);

        Finding Say()
        {
            said = error.ToString();
            return Finding.Pass();
        }
    }

    [Fact]
    public async Task Without_a_person_the_microphone_is_not_listened_to_and_that_is_said()
    {
        await Run(All(Finding.Pass()) with { OnlyInDiagnosis = true, Look = _ => throw new InvalidOperationException("it was listened to") }, isSomebodyThere: false);
        Assert.StartsWith("Le micro n’est pas écouté", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperationException", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_itself_works_without_agent_and_broker_and_tells_no_secret()
    {
        await using var run = ChildProcess.Start("diagnose", folder.Path, AgentProcess.Program, ["diagnose", "--json", "--settings", folder.File("kit.json")]);
        var code = await run.Ended().WaitAsync(TimeSpan.FromMinutes(3));
        Assert.True(code is ExitCode.Ok or ExitCode.Failed, run.Output());
        Assert.DoesNotContain("aVerySecretAccessKey", run.Output(), StringComparison.Ordinal);
        Assert.Contains("\"code\": \"calendar-current\"", run.Output(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void A_table_fits_its_width_and_cuts_no_word(int width)
    {
        var setup = Setup.Read(folder.File("kit.json")).Value!;
        var results = KitChecks.Of(setup, new(() => true, () => 1), TimeProvider.System)
            .SelectMany(check => check.Reasons.Select(reason => new Kit.Diagnosis.CheckResult(
                check, Finding.Fail(reason, "A device with a long name, as devices have them", new Measure("classcontact.some.long.duration", 1234.5, "ms", 1000)), TimeSpan.Zero)))
            .ToList();
        console.Profile.Width = width;
        var words = new Kit.Diagnosis.DiagnosisWords(Kit.Screen.Words.Of("fr"));
        console.Write(new DiagnoseTable(words).Of(results, width));
        var text = output.ToString();
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= width, line));
        Assert.DoesNotContain('…', text);
        var shown = text.Split((char[])[' ', '\n', '─'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        Assert.All(results, result => Assert.Empty(words.What(result)!.Split(' ').Except(shown)));
    }

    private static Check All(Finding finding) =>
        new("calendar-current", Severity.Informs, Thing.Kit, ["ended"], _ => Task.FromResult(finding));

    private Task<int> Run(Check check, bool json = false, string? language = null, bool isSomebodyThere = true, params string[] only) =>
        new DiagnoseRun(new(folder.File("kit.json"), only, language, json), Setup.Read(folder.File("kit.json")).Value!, console, error, TimeProvider.System) { IsSomebodyThere = isSomebodyThere }
            .Run((_, _, _) => [check], CancellationToken.None);
}
