using System.Globalization;
using System.Runtime.Versioning;
using ClassContact.Agent.Local;
using ClassContact.Agent.Watch;
using ClassContact.Agent.Words;
using ClassContact.Kit;
using ClassContact.Kit.Diagnosis;
using ClassContact.Kit.Health;
using ClassContact.Kit.Link;
using ClassContact.Kit.Settings;
using Spectre.Console;

namespace ClassContact.Agent.Diagnose;

/// <summary>Carries out one <c>diagnose</c>. It needs neither a broker nor an agent.</summary>
[SupportedOSPlatform("linux")]
internal sealed class DiagnoseRun(DiagnoseOptions options, Setup setup, IAnsiConsole console, TextWriter error, TimeProvider time)
{
    /// <summary>Width of a table that goes into a file or a pipe.</summary>
    private const int PipeWidth = 160;

    private readonly DiagnosisWords words = new(Kit.Screen.Words.Of(options.Language ?? setup.Kit.Language));
    private readonly Lesson lesson = new(setup, time);

    /// <summary>Returns one of <see cref="ExitCode"/>.</summary>
    /// <param name="list">The list of checks: <see cref="KitChecks.Of"/>.</param>
    /// <param name="ct">Ctrl+C.</param>
    public async Task<int> Run(Func<Setup, KitParts, TimeProvider, IReadOnlyList<Check>> list, CancellationToken ct)
    {
        var (state, status) = await lesson.Ask(ct);
        var all = list(setup, PartsOf(status), time);
        if (options.Only.Except(all.Select(c => c.Code)).FirstOrDefault() is { } unknown)
            return Fail(ExitCode.WrongUsage, CliWords.Say(
                "diagnose.not-a-check", ("code", Printable.Of(unknown, 80)), ("known", string.Join(", ", all.Select(c => c.Code)))));
        if (state is not LessonState.None)
            return Fail(ExitCode.Refused, words[state is LessonState.On ? "lesson-on" : "lesson-unknown"]);
        var checks = all.Where(c => options.Only.Count == 0 ? !c.OnlyInDiagnosis || IsSomebodyThere : options.Only.Contains(c.Code)).ToList();
        if (all.Any(c => c.OnlyInDiagnosis))
            await error.WriteLineAsync(words[checks.Any(c => c.OnlyInDiagnosis) ? "listens" : "does-not-listen"]);
        var (at, began) = (time.GetUtcNow(), time.GetTimestamp());
        if (await Look(checks, ct) is not { } results)
            return ct.IsCancellationRequested ? ExitCode.Failed : Fail(ExitCode.Refused, words["lesson-begun"]);
        if (options.Only.Count == 0)
            LastDiagnosis.Keep(setup.Folders.Data, LastDiagnosis.Of(results, at, time.GetElapsedTime(began))); // for a bundle; a technician may not be allowed to
        Show(results, at, status?.Browser);
        return IsReady(results) ? ExitCode.Ok : ExitCode.Failed;
    }

    /// <summary>A person at a terminal asks. A script that runs every night opens no microphone, unless it asks for that check by name.</summary>
    internal bool IsSomebodyThere { get; init; } = !Console.IsInputRedirected;

    private static bool IsReady(IReadOnlyList<CheckResult> results) => !results.Any(r => r.StandsInTheWay);

    private KitParts PartsOf(KitStatus? status) => status is null ? BareParts.Of(setup) : new(() => status.Browser is not null, () => status.Keyboards)
    {
        CallButtonTrouble = () => status.Health.Checks.FirstOrDefault(c => c.Code == "call-button") is { } seen ? seen.Reason : "not-asked",
        IsLinked = () => status.Broker?.Connected,
    };

    // Null when a class began meanwhile, or somebody stopped it.
    private async Task<IReadOnlyList<CheckResult>?> Look(List<Check> checks, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var begun = lesson.Begins(stop.Token).ContinueWith(_ => stop.Cancel(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        try
        {
            var results = await WithProgress(tell => new DiagnosisRun(checks, time).Run(
                (check, number) => tell($"{number.ToString(CultureInfo.InvariantCulture)}/{checks.Count}  {words.Title(check)}…"), stop.Token));
            return stop.IsCancellationRequested ? null : results; // what was found beside a class that opened is worth nothing
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await stop.CancelAsync();
            await begun.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private Task<IReadOnlyList<CheckResult>> WithProgress(Func<Action<string>, Task<IReadOnlyList<CheckResult>>> look) =>
        options.Json || !console.Profile.Out.IsTerminal
            ? look(_ => { })
            : console.Status().StartAsync("…", screen => look(text => screen.Status(Markup.Escape(text))));

    private void Show(IReadOnlyList<CheckResult> results, DateTimeOffset at, string? browser)
    {
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = PipeWidth;
        if (options.Json)
        {
            console.Profile.Out.Writer.WriteLine(Document(results, at, browser).ToJson());
            return;
        }
        var title = words.Say("title", ("kit", setup.Kit.Kit));
        console.Write(new Text($"{title}, {at.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}, classcontact {Product.Version}", new(decoration: Decoration.Bold)));
        console.WriteLine();
        console.Write(new DiagnoseTable(words).Of(results, console.Profile.Width));
        console.Write(new Text(words.Summary(results), new(decoration: Decoration.Bold)));
        console.WriteLine();
        console.Write(new Text(words[IsReady(results) ? "ready" : "not-ready"]));
        console.WriteLine();
    }

    private DiagnoseDocument Document(IReadOnlyList<CheckResult> results, DateTimeOffset at, string? browser) => new(
        1, setup.Kit.Kit, at, SystemClock.Ask(), Product.Version, System.Runtime.InteropServices.RuntimeInformation.OSDescription, browser, IsReady(results),
        results.GroupBy(r => r.Finding.Verdict).ToDictionary(g => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName($"{g.Key}"), g => g.Count()),
        [.. results.Select(r => CheckDocument.Of(r, words))]);

    private int Fail(int code, string text)
    {
        error.WriteLine($"classcontact: {text}");
        return code;
    }
}
