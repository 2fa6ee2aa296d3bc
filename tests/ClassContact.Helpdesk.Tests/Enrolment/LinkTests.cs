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
        worker = new(Settings, TimeProvider.System, log) { Tell = (name, cause) => told.Add($"{name} {cause}".Trim()) };
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
        Assert.Contains("in use: none", output, StringComparison.Ordinal);
        Assert.DoesNotContain("no link", output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
        var (wrong, _, error) = await kit.Command(null, "link", "confirm", "6e B");
        Assert.Equal(1, wrong);
        Assert.Contains("another room that waits: 6e A", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(kit.Data, "link")));
        Assert.Equal(0, (await kit.Command(null, "link", "confirm", "6e A")).Code);
        Assert.Equal("https://127.0.0.1/secret-one\n", await File.ReadAllTextAsync(Path.Combine(kit.Data, "link")));
        Assert.Equal(OwnerAlone, File.GetUnixFileMode(Path.Combine(kit.Data, "link")));
        Assert.False(File.Exists(Path.Combine(kit.Data, "link.new")));
        Assert.Equal("6e A", Setup.Read(kit.SettingsFile).Value!.Kit.Room); // the confirmed label is the room's from now on
        Assert.Equal(1, (await kit.Command(null, "link", "confirm", "6e A")).Code); // nothing waits any more

        Assert.True(await worker.Look(default)); // and the same offer changes nothing
        Assert.Null(worker.WaitingRoom);
        Assert.DoesNotContain("secret", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_in_use_stays_while_a_new_one_waits_and_when_the_service_has_none()
    {
        Offer("5e B", "https://127.0.0.1/one");
        await worker.Look(default);
        Assert.True(worker.Confirm("5e B"));
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

    [Fact]
    public async Task A_confirmation_counts_for_the_label_that_was_read_and_no_other()
    {
        Offer("5e B", "https://127.0.0.1/one");
        await worker.Look(default);
        Offer("6e A", "https://127.0.0.1/two");
        await worker.Look(default);
        Assert.False(worker.Confirm("5e B")); // the screen changed in the moment of the press
        Assert.False(File.Exists(Path.Combine(kit.Data, "link")));
        Assert.True(worker.Confirm("6e A"));
        Assert.False(worker.Confirm("6e A"));
    }

    [Fact]
    public async Task A_request_for_the_link_is_answered_with_what_became_of_it()
    {
        var changes = 0;
        var asked = new EnrolmentWorker(Settings, TimeProvider.System, log) { Changed = () => changes++, IsFree = () => false };
        Assert.Null(await asked.Refresh(default)); // no link was set: that is an answer
        Offer("5e B", "https://127.0.0.1/one");
        Assert.Null(await asked.Refresh(default));
        Assert.Equal(("5e B", 1), (asked.WaitingRoom, changes));
        Offer("5e B", "https://evil.example.org/one");
        Assert.Equal("link-refused", await asked.Refresh(default));
        await service.Register.Revoke(Kit1, default);
        Assert.Equal("refused", await asked.Refresh(default));
        await service.Stop();
        Assert.Equal("unreachable", await asked.Refresh(default));
        Directory.Delete(kit.Identity(""), recursive: true);
        Assert.Equal("not-enrolled", await asked.Refresh(default));
    }

    [Fact]
    public async Task A_kit_that_enrols_asks_for_its_link_and_a_technician_may_ask_again()
    {
        Offer("5e B", "https://127.0.0.1/secret-one");
        var (code, output, error) = await kit.Command(await service.Code("kit-1") + "\n", "enroll");
        Assert.True(code == 0, error);
        Assert.Contains("waits:  5e B", output, StringComparison.Ordinal);
        Offer("6e A", "https://127.0.0.1/secret-two");
        (code, output, error) = await kit.Command(null, "link", "fetch");
        Assert.True(code == 0, error);
        Assert.Contains("waits:  6e A", output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
        Assert.Equal(0, (await kit.Command(null, "link", "confirm", "6e A")).Code);
        Assert.Contains("nothing new: 6e A", (await kit.Command(null, "link", "fetch")).Output, StringComparison.Ordinal);
        await service.Stop();
        Assert.Equal(4, (await kit.Command(null, "link", "fetch")).Code);
    }

    [Fact]
    public async Task A_service_that_is_away_for_days_is_one_event_and_its_return_ends_that()
    {
        await service.Stop();
        for (var i = 0; i < 3; i++)
            Assert.False(await worker.Look(default));
        await service.Listen();
        Assert.True(await worker.Look(default));
        await service.Stop();
        Assert.False(await worker.Look(default));
        Assert.Equal(["link-not-fetched unreachable", "link-not-fetched unreachable"], told);
    }

    [Fact]
    public async Task A_full_or_locked_disk_is_told_and_leaves_the_link_as_it_was()
    {
        Directory.CreateDirectory(Path.Combine(kit.Data, "link.new.next")); // what is to be written cannot be
        Offer("5e B", "https://127.0.0.1/one");
        Assert.Equal("disk", await worker.Refresh(default));
        Assert.Null(worker.WaitingRoom);
        Assert.Contains("link.new", log.ToString(), StringComparison.Ordinal);
        Directory.Delete(Path.Combine(kit.Data, "link.new.next"));
        Assert.Null(await worker.Refresh(default));
        Directory.CreateDirectory(Path.Combine(kit.Data, "link.next"));
        Assert.False(worker.Confirm("5e B"));
        Assert.Equal("5e B", worker.WaitingRoom);
        Directory.Delete(Path.Combine(kit.Data, "link.next"));
        Assert.True(worker.Confirm("5e B"));
    }

    private KitSettings Settings => Setup.ReadUnenrolled(kit.SettingsFile).Value!;

    private void Offer(string room, string link) => service.Register.SetLink(Kit1, new RoomLink(room, link));
}
