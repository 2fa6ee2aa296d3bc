using System.Text.Json.Nodes;
using ClassContact.Helpdesk.Tests.Enrolment;
using ClassContact.Helpdesk.Tests.Kits;
using ClassContact.Kit.Door;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Settings;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Helpdesk.Tests.Doors;

/// <summary>The secret of a kit's door, from the helpdesk's master key to the kit, and the code that is read out.</summary>
public sealed class DoorTests : IAsyncLifetime
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private SigningService service = null!;
    private EnrolledKit kit = null!;

    public async ValueTask InitializeAsync()
    {
        service = await SigningService.Start();
        kit = new(service);
    }

    public async ValueTask DisposeAsync()
    {
        kit.Dispose();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task The_code_that_the_command_prints_is_that_of_the_kits_own_secret()
    {
        await MakeKey();
        Assert.Equal(0, (await kit.Command(await service.Code("kit-1") + "\n", "enroll")).Code);
        var file = kit.Identity("door.key");
        Assert.Equal(OwnerAlone, File.GetUnixFileMode(file));
        var (exit, code, error) = await Door("kit-1", "--date", "2020-01-01");
        Assert.True(exit == 0, error);
        Assert.True(DoorCode.IsRight(await File.ReadAllBytesAsync(file), new(2020, 1, 1), code.Trim()), code);
        Assert.Contains("2020-01-01", error, StringComparison.Ordinal);
        Assert.NotEqual(code, (await Door("kit-1")).Output);
    }

    [Fact]
    public async Task A_name_that_was_misheard_and_a_date_that_is_none_get_no_code()
    {
        await MakeKey();
        await service.Enrolled("kit-1");
        var (exit, output, error) = await Door("kit-7");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("kit-7", error, StringComparison.Ordinal);
        Assert.Equal(2, (await Door("kit-1", "--date", "22/11/2026")).Code);
    }

    [Fact]
    public async Task A_service_without_a_door_key_enrols_and_the_kit_has_no_door()
    {
        Assert.Equal(0, (await kit.Command(await service.Code("kit-1") + "\n", "enroll")).Code);
        Assert.False(File.Exists(kit.Identity("door.key")));
        await Settings(null);
        Assert.Contains("doorKeyFile", (await Door("kit-1")).Error, StringComparison.Ordinal);
        await MakeKey();
        Assert.Equal(0, (await kit.Command(null, "link", "fetch")).Code);
        Assert.True(File.Exists(kit.Identity("door.key"))); // it comes with the next pull
    }

    [Fact]
    public async Task A_door_needs_the_kits_own_certificate()
    {
        await MakeKey();
        await service.Enrolled("kit-1");
        Assert.Equal(403, (await service.Curl(EnrolPaths.Door)).Status);
        await service.Register.Revoke(Messages.KitId.Parse("kit-1"), default);
        Assert.Equal(403, (await service.Curl(EnrolPaths.Door, "--cert", "kit-1.crt", "--key", "kit-1.key")).Status);
    }

    [Fact]
    public async Task A_technician_enrols_the_kit_at_its_own_screen_and_it_has_a_door_from_then_on()
    {
        await MakeKey();
        var enrolled = 0;
        var section = new EnrolSection(Setup.ReadUnenrolled(kit.SettingsFile).Value!, Kit.Screen.Words.Of("fr"), () => enrolled++, TimeProvider.System).Section();
        Assert.Equal(service.Address, section.View().Fields[0].Value);
        var refused = await Enrol(section, "AAAA-AAAA");
        Assert.Equal(Mood.Trouble, refused.Mood);
        Assert.Contains(Refusals.WrongCode, refused.Text, StringComparison.Ordinal);
        Assert.Equal(Mood.Trouble, (await Enrol(section, await service.Code("kit-1"), "http://127.0.0.1")).Mood);

        var code = await service.Code("kit-1");
        service.Register.SetLink(Messages.KitId.Parse("kit-1"), new("6e A", "https://127.0.0.1/secret-one"));
        var done = await Enrol(section, code);
        Assert.True(done.Mood is Mood.Ready, done.Text);
        Assert.Equal(1, enrolled);
        Assert.True(File.Exists(kit.Identity("door.key")));
        Assert.Equal("6e A", new LinkStore(Setup.ReadUnenrolled(kit.SettingsFile).Value!).WaitingRoom);
        Assert.NotEqual(Mood.Attention, section.View().Rows[0].Mood);
    }

    private Task<DoorSaid> Enrol(DoorSection section, string code, string? server = null) => section.Deeds["enrol.do"](
        new("enrol.do", new Dictionary<string, string> { ["server"] = server ?? service.Address, ["code"] = code }), default);

    private async Task MakeKey()
    {
        await File.WriteAllBytesAsync(service.File("door.key"), [.. Enumerable.Range(1, DoorCode.SecretLength).Select(n => (byte)n)]);
        await service.Restart(settings => settings with { DoorKeyFile = service.File("door.key") });
        await Settings("door.key");
    }

    private Task Settings(string? doorKey) => File.WriteAllTextAsync(service.File("door.json"), new JsonObject
    {
        ["caFile"] = "ca.crt", ["caKeyFile"] = "ca.key", ["certificateFile"] = "server.crt", ["keyFile"] = "server.key", ["data"] = "data", ["issued"] = "issued",
        ["listen"] = service.Settings.Listen, ["doorKeyFile"] = doorKey,
    }.ToJsonString());

    private Task<(int Code, string Output, string Error)> Door(params string[] arguments) =>
        Shell.Run(KitCommandsTests.Program, ["door", .. arguments, "--settings", service.File("door.json")]);
}
