using System.Diagnostics;
using System.Text.Json;
using ClassContact.Kit.Call;
using ClassContact.Kit.Screen;
using Xunit;

namespace ClassContact.Kit.Tests.Screen;

/// <summary>The page as built, in a real Chromium whose clock runs ahead: what its document holds after some seconds.</summary>
public sealed class StandbyPageTests : IDisposable
{
    private const string Chromium = "/usr/bin/chromium";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("screen-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Before_the_agent_speaks_the_page_asks_for_a_moment()
    {
        var page = await After(seconds: 29, "");
        Assert.Contains("<h1>Un instant…</h1>", page, StringComparison.Ordinal);
        Assert.Contains("02\u00a0726\u00a040\u00a055", page.Replace("&nbsp;", "\u00a0", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thirty_seconds_without_the_agent_say_whom_to_call() =>
        Assert.Contains("<h1>Le kit ne répond pas</h1>", await After(seconds: 31, ""), StringComparison.Ordinal);

    [Fact]
    public async Task An_agent_that_fell_silent_is_told_in_its_own_language_and_its_school_stays()
    {
        var page = await After(seconds: 31, Show("en", Situations.TheKit));
        Assert.Contains("<h1>The kit does not answer</h1>", page, StringComparison.Ordinal);
        Assert.Contains("École du Parc", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\" data-mood=\"trouble\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_repeats_itself_keeps_its_words_on_the_screen()
    {
        var repeated = $"const again = () => {Show("fr", Situations.TheKit)}; again(); setInterval(again, 10000)";
        Assert.Contains("<h1>Prêt pour la classe</h1>", await After(seconds: 65, repeated), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_text_whatever_it_holds()
    {
        const string Name = "<img src=x onerror=document.title='broken'> & {seconds} \u202e</script>";
        var page = await After(seconds: 1, Show("fr", Situations.TheKit with { School = Name }));
        Assert.Contains("&lt;img src=x onerror=document.title='broken'&gt; &amp; {seconds} \u202e&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<title>ClassContact</title>", page, StringComparison.Ordinal);
    }

    private static string Show(string language, KitFacts kit)
    {
        var view = Room.Standby(new CallState.Standby(), kit, Situations.Now, Situations.Monday, Words.Of(language));
        return $"show({JsonSerializer.Serialize(view, ScreenJson.Default.ScreenView)})";
    }

    private async Task<string> After(int seconds, string script)
    {
        if (!File.Exists(Chromium))
            Assert.Skip($"{Chromium} is not installed");
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(ScreenFiles.StandbyPage)!))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        var page = Path.Combine(_folder, "standby.html");
        await File.WriteAllTextAsync(Path.Combine(_folder, "agent.js"), script);
        await File.WriteAllTextAsync(page, (await File.ReadAllTextAsync(page)).Replace("</body>", "<script src=\"agent.js\"></script></body>", StringComparison.Ordinal));
        return await Run([
            "--headless", "--dump-dom", $"--virtual-time-budget={seconds * 1000}", $"--user-data-dir={_folder}/profile",
            .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(), new Uri(page).AbsoluteUri,
        ]);
    }

    private static async Task<string> Run(IEnumerable<string> arguments)
    {
        using var chromium = Process.Start(new ProcessStartInfo(Chromium, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var errors = chromium.StandardError.ReadToEndAsync(limit.Token);
            var page = await chromium.StandardOutput.ReadToEndAsync(limit.Token);
            Assert.True(page.Length > 0, await errors);
            await chromium.WaitForExitAsync(limit.Token);
            return page;
        }
        finally
        {
            if (!chromium.HasExited)
                chromium.Kill(entireProcessTree: true);
        }
    }
}
