using System.Net;
using System.Text.RegularExpressions;
using ClassContact.Agent.Card;
using ClassContact.Classroom;
using ClassContact.Kit.Settings;
using Xunit;
using Sentences = ClassContact.Kit.Screen.Words;

namespace ClassContact.Agent.Tests.Card;

[Trait("Kit", "none")]
public sealed partial class CardTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("teacher")]
    [InlineData("class")]
    public async Task A_card_is_French_has_no_hole_and_is_printed_on_one_side(string card)
    {
        var page = new CardPage(Kit() with { School = "Athénée royal de la Communauté française Jean-Absil d’Etterbeek, la Chasse" }).Of(card);
        Assert.DoesNotMatch(@"\{|[^\u00a0]:|[^\u202f][;!?]|«[^\u00a0]|[^\u00a0]»|'|\.\.\.", Text(page));
        await File.WriteAllTextAsync(folder.File("card.html"), page, TestContext.Current.CancellationToken);
        Assert.Equal(0, await ChildProcess.Run("print", folder.Path, "chromium",
            ["--headless", "--no-first-run", $"--user-data-dir={folder.File("profile")}", "--no-pdf-header-footer", $"--print-to-pdf={folder.File("card.pdf")}", $"file://{folder.File("card.html")}"]));
        Assert.True(File.Exists(folder.File("card.pdf")), await File.ReadAllTextAsync(folder.File("print.log"), TestContext.Current.CancellationToken));
        var pdf = await File.ReadAllTextAsync(folder.File("card.pdf"), TestContext.Current.CancellationToken);
        Assert.Single(PdfPage().Matches(pdf));
    }

    [Fact]
    public void A_teachers_card_has_the_keys_of_the_kit_and_what_its_screen_says()
    {
        var page = new CardPage(Kit() with { Keys = new() { Start = "LeftCtrl+Q", End = "F7", Mute = "", Help = "F2" } }).Of("teacher");
        Assert.Contains(">Ctrl + A</span>", page, StringComparison.Ordinal);
        Assert.Contains(">F7</span>", page, StringComparison.Ordinal);
        Assert.Contains(">F2</span>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Couper le micro", page, StringComparison.Ordinal);
        const string over = "La journée d’école est finie";
        Assert.Contains(over, page, StringComparison.Ordinal);
        Assert.StartsWith(over, Sentences.Of("fr")["notice.day-over"], StringComparison.Ordinal);
        Assert.DoesNotContain(over, new CardPage(Kit() with { ClassEnd = null }).Of("teacher"), StringComparison.Ordinal);
        Assert.Contains(Sentences.Of("fr")["helpdesk.number"], Text(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_has_the_room_that_came_with_the_link_as_the_screen_has()
    {
        var kit = Kit() with { Folders = new(Data: folder.File("data")) };
        Assert.Empty(SettingsWriter.Write(folder.File("kit.json"), kit));
        Assert.Contains(kit.Room, await Printed(), StringComparison.Ordinal);
        Directory.CreateDirectory(folder.File("data"));
        await File.WriteAllTextAsync(folder.File("data/link.room"), "6e A, local 3\n", TestContext.Current.CancellationToken);
        Assert.Contains("6e A, local 3", await Printed(), StringComparison.Ordinal);

        async Task<string> Printed()
        {
            var code = await ChildProcess.Run("card", folder.Path, Checkout.Built("src", "ClassContact.Agent", "classcontact"),
                ["card", "class", "--settings", folder.File("kit.json"), "--to", folder.File("class.html")]);
            Assert.True(code == 0, await File.ReadAllTextAsync(folder.File("card.log"), TestContext.Current.CancellationToken));
            return Text(await File.ReadAllTextAsync(folder.File("class.html"), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void What_stands_in_the_settings_is_text_on_the_card() =>
        Assert.Contains("<b>École · 5e {{end}}", Text(new CardPage(Kit() with { School = "<b>École", Room = "5e {{end}}" }).Of("class")), StringComparison.Ordinal);

    private static KitSettings Kit() => Setup.ReadUnenrolled(Path.Combine(Checkout.Root, "configs", "kit.example.json")).Value!;

    private static string Text(string page) => WebUtility.HtmlDecode(Tag().Replace(Style().Replace(page, ""), "")).ReplaceLineEndings(" ");

    [GeneratedRegex("<style>.*</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex PdfPage();
}
