using System.Text.Json.Nodes;
using ClassContact.Helpdesk.Tests.Enrolment;
using ClassContact.Helpdesk.Tests.Kits;
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
