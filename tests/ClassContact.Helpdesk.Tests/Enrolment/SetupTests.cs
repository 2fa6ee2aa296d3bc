using System.Text.Json.Nodes;
using ClassContact.Classroom;
using ClassContact.Messages;

namespace ClassContact.Helpdesk.Tests.Enrolment;

/// <summary><c>classcontact setup</c> with a code from the helpdesk, below a folder that stands for the computer.</summary>
public sealed class SetupTests : IAsyncLifetime
{
    private static readonly string Meeting = Path.Combine(Checkout.Root, "configs", "meeting", "janus.json");
    private SigningService service = null!;

    public async ValueTask InitializeAsync() => service = await SigningService.Start();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_code_among_the_answers_enrols_the_kit_and_its_room_is_confirmed_and_a_wrong_one_is_told_and_may_be_put_right()
    {
        service.Register.SetLink(KitId.Parse("kit-1"), new("6e A", "https://127.0.0.1/secret-one"));
        using var kit = NewKit();

        var (code, output, error) = await SetUp(kit, "AAAA-AAAA");
        Assert.Equal(1, code);
        Assert.Contains("do not belong together", error, StringComparison.Ordinal);
        Assert.DoesNotContain("is set up.", output, StringComparison.Ordinal);
        Assert.False(File.Exists(kit.Identity("kit.crt")));

        (code, output, error) = await SetUp(kit, await service.Code("kit-1"));
        Assert.True(code == 0, output + error);
        Assert.Contains("is set up.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", output + error, StringComparison.Ordinal);
        await Shell.Good($"openssl verify -CAfile {kit.Identity("ca.crt")} -purpose sslclient {kit.Identity("kit.crt")}");
        Assert.Equal("https://127.0.0.1/secret-one", (await File.ReadAllTextAsync(Path.Combine(kit.Data, "link"))).Trim());
        Assert.True(File.Exists(kit.InFolder("etc/chromium/policies/managed/classcontact.json")));
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(kit.SettingsFile), null, new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!;
        Assert.Equal(service.Address, settings["enrolment"]!["server"]!.GetValue<string>());
        Assert.Equal("15:45", settings["classEnd"]!["at"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_same_answers_again_finish_what_a_wrong_room_stopped_and_the_stick_with_the_authority_may_be_gone_then()
    {
        service.Register.SetLink(KitId.Parse("kit-1"), new("6e A", "https://127.0.0.1/secret-one"));
        using var kit = NewKit();
        var (used, stick) = (await service.Code("kit-1"), kit.InFolder("stick.pem"));
        File.Copy(service.CaFile, stick);

        var (code, output, error) = await SetUp(kit, used, room: "6e B", authority: stick);
        Assert.Equal(1, code);
        Assert.Contains("another room that waits: 6e A", error, StringComparison.Ordinal);

        (code, output, error) = await SetUp(kit, used, authority: stick);
        Assert.True(code == 0, output + error);
        Assert.Contains("enrolled already", output, StringComparison.Ordinal);
        Assert.Equal("https://127.0.0.1/secret-one", (await File.ReadAllTextAsync(Path.Combine(kit.Data, "link"))).Trim());

        (code, output, error) = await SetUp(kit, used, authority: stick);
        Assert.True(code == 0, output + error); // and once more changes nothing

        File.Delete(stick);
        (code, output, error) = await kit.Command(null, "link", "fetch");
        Assert.True(code == 0, output + error);
    }

    [Fact]
    public async Task Cards_are_written_once_the_kit_is_one_with_the_room_that_came_with_its_link()
    {
        service.Register.SetLink(KitId.Parse("kit-1"), new("6e A", "https://127.0.0.1/secret-one"));
        using var kit = NewKit();
        var (used, cards) = (await service.Code("kit-1"), kit.InFolder("cards"));
        Directory.CreateDirectory(cards);
        Assert.Equal(1, (await SetUp(kit, "AAAA-AAAA", cards: cards)).Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(cards));

        Assert.Equal(0, (await SetUp(kit, used, cards: cards)).Code);
        service.Register.SetLink(KitId.Parse("kit-1"), new("6e C", "https://127.0.0.1/secret-two"));
        var (code, output, error) = await SetUp(kit, used, room: "6e C", cards: cards);
        Assert.True(code == 0, output + error);
        foreach (var name in new[] { "kit-1-enseignant.html", "kit-1-classe.html" })
        {
            var card = await File.ReadAllTextAsync(Path.Combine(cards, name));
            Assert.Contains("6e C", card, StringComparison.Ordinal);
            Assert.DoesNotContain("6e A", card, StringComparison.Ordinal);
        }
    }

    private EnrolledKit NewKit()
    {
        var kit = new EnrolledKit(service, change: settings => settings.Remove("enrolment"));
        var belowRoot = kit.InFolder(Meeting.TrimStart('/')); // setup looks for it there, and enroll where the settings name it
        Directory.CreateDirectory(Path.GetDirectoryName(belowRoot)!);
        File.Copy(Meeting, belowRoot);
        return kit;
    }

    private async Task<(int Code, string Output, string Error)> SetUp(EnrolledKit kit, string code, string room = "6e A", string? authority = null, string? cards = null)
    {
        var answers = kit.InFolder("answers");
        await File.WriteAllTextAsync(answers, $"""
            kit: kit-1
            school: École des Tilleuls
            room: {room}
            language: fr
            meeting: {Meeting}
            start-key: F9
            end-key: F10
            class-end: 15:45
            server: {service.Address}
            authority: {authority ?? service.CaFile}
            code: {code}
            broker:
            link-file:
            """);
        return await Shell.Run(AgentProcess.Program, 
            ["setup", "--answers", answers, "--root", kit.InFolder(""), "--settings", "/kit.json", .. cards is null ? Array.Empty<string>() : ["--cards", cards]], "");
    }
}
