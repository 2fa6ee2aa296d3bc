using ClassContact.Classroom;

namespace ClassContact.KitBench.Tests.Kit;

/// <summary>Stories of a whole kit, each in a room of its own that goes on from where the kit was installed.</summary>
[Collection(nameof(InstalledKit))]
public abstract class KitStories(InstalledKit installed) : IAsyncLifetime
{
    private Room? room;

    private protected Room Room => room ?? throw new InvalidOperationException("it was not opened");

    private protected Helpdesk Helpdesk => Room.Helpdesk;

    private protected Machine Machine => Room.Machine;

    private protected static TimeSpan Patience => InstalledKit.Patience;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Artifacts.Folder("a-story-began"); // when that was is what tests/run wants to know of one that it cut off
        room = await installed.Room();
        await room.PlugIn();
        await room.ShowsStandby();
        await room.ComesToRest();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (room is null) return;
        await Machine.Run("journalctl --no-pager -o short-monotonic -n 400 -u 'classcontact-*'"); // into the artifacts
        await room.DisposeAsync();
    }
}
