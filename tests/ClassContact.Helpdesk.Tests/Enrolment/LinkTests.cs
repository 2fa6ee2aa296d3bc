using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Helpdesk.Tests.Enrolment;

public sealed class LinkTests : IAsyncLifetime
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly KitId Kit1 = KitId.Parse("kit-1");
    private readonly List<string> told = [];
    private readonly LogLines log = new();
    private SigningService service = null!;
    private EnrolledKit kit = null!;
    private EnrolmentWorker worker = null!;

    public async ValueTask InitializeAsync()
    {
        service = await SigningService.Start();
        kit = new(service);
        Assert.Equal(0, (await kit.Command(await service.Code("kit-1") + "\n", "enroll")).Code);
        worker = new(Setup.ReadUnenrolled(kit.SettingsFile).Value!, TimeProvider.System, log) { Tell = (name, cause) => told.Add($"{name} {cause}".Trim()) };
    }

    public async ValueTask DisposeAsync()
    {
        kit.Dispose();
        log.Dispose();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task A_link_waits_until_somebody_at_the_kit_confirms_the_room()
    {
        Offer("6e A", "https://127.0.0.1/secret-one");
        Assert.True(await worker.Look(default));
        Assert.Equal("6e A", worker.WaitingRoom);
        Assert.False(File.Exists(Path.Combine(kit.Data, "link")));
        Assert.Equal(OwnerAlone, File.GetUnixFileMode(Path.Combine(kit.Data, "link.new")));

        var (code, output, _) = await kit.Command(null, "link", "show-label");
        Assert.Equal(0, code);
        Assert.Contains("waits:  6e A", output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
        Assert.Equal(0, (await kit.Command(null, "link", "confirm")).Code);
        Assert.Equal("https://127.0.0.1/secret-one\n", await File.ReadAllTextAsync(Path.Combine(kit.Data, "link")));
        Assert.Equal(OwnerAlone, File.GetUnixFileMode(Path.Combine(kit.Data, "link")));
        Assert.False(File.Exists(Path.Combine(kit.Data, "link.new")));
        Assert.Equal("6e A", Setup.Read(kit.SettingsFile).Value!.Kit.Room); // the confirmed label is the room's from now on
        Assert.Equal(1, (await kit.Command(null, "link", "confirm")).Code); // nothing waits any more

        Assert.True(await worker.Look(default)); // and the same offer changes nothing
        Assert.Null(worker.WaitingRoom);
        Assert.DoesNotContain("secret", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_in_use_stays_while_a_new_one_waits_and_when_the_service_has_none()
    {
        Offer("5e B", "https://127.0.0.1/one");
        await worker.Look(default);
        Assert.True(worker.Confirm());
        Offer("5e B", "https://127.0.0.1/two"); // the same room, another key
        await worker.Look(default);
        Assert.Equal("5e B", worker.WaitingRoom);
        Assert.Equal("https://127.0.0.1/one\n", await File.ReadAllTextAsync(Path.Combine(kit.Data, "link")));
        service.Register.SetLink(Kit1, null);
        await worker.Look(default);
        Assert.Null(worker.WaitingRoom);
        Assert.Equal("https://127.0.0.1/one\n", await File.ReadAllTextAsync(Path.Combine(kit.Data, "link")));
        Assert.Equal(["link-waits", "link-confirmed", "link-waits"], told);
    }

    [Fact]
    public async Task A_link_to_a_host_that_the_meeting_does_not_have_is_refused_and_not_kept()
    {
        Offer("5e B", "https://evil.example.org/secret-one");
        await worker.Look(default);
        Assert.Equal(["link-refused"], told);
        Assert.Null(worker.WaitingRoom);
        Assert.False(File.Exists(Path.Combine(kit.Data, "link.new")));
        Assert.DoesNotContain("secret", log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("evil", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_away_is_told_and_changes_nothing()
    {
        Offer("5e B", "https://127.0.0.1/one");
        await worker.Look(default);
        await service.Stop();
        Assert.False(await worker.Look(default));
        Assert.Equal("5e B", worker.WaitingRoom);
        Assert.Equal(["link-waits", "link-not-fetched unreachable"], told);
    }

    private void Offer(string room, string link) => service.Register.SetLink(Kit1, new RoomLink(room, link));
}
