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
        var pdf = await File.ReadAllTextAsync(folder.File("card.pdf"), TestContext.Current.CancellationToken);
        Assert.Single(PdfPage().Matches(pdf));
    }

    [Fact]
    public void A_teachers_card_has_the_keys_of_the_kit_and_what_its_screen_says()
    {
        var page = new CardPage(Kit() with { Keys = new() { Start = "LeftCtrl+S", End = "F7", Mute = "", Help = "F2" } }).Of("teacher");
        Assert.Contains(">LeftCtrl + S</span>", page, StringComparison.Ordinal);
        Assert.Contains(">F7</span>", page, StringComparison.Ordinal);
        Assert.Contains(">F2</span>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Couper le micro", page, StringComparison.Ordinal);
        Assert.Contains(Sentences.Of("fr")["helpdesk.number"], Text(page), StringComparison.Ordinal);
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
