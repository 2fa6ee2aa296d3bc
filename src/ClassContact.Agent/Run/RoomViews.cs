using ClassContact.Kit.Browser;
using ClassContact.Kit.Call;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Health;
using ClassContact.Kit.Help;
using ClassContact.Kit.Link;
using ClassContact.Kit.Requests;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Settings;
using ClassContact.Messages;

namespace ClassContact.Agent.Run;

/// <summary>What the room sees, put together from all that the kit knows at the moment.</summary>
internal sealed class RoomViews(Setup setup, TimeProvider time)
{
    /// <summary>Who holds a key does not mean what came onto the screen a moment ago.</summary>
    private static readonly TimeSpan Readable = TimeSpan.FromSeconds(2);

    private readonly Kit.Screen.Words words = Kit.Screen.Words.Of(setup.Kit.Language);
    private volatile Offer? offered;

    /// <summary>The wall clock; null while it is not to be trusted.</summary>
    public DateTimeOffset? WallClock() => SystemClock.Ask() is ClockState.Synced ? time.GetUtcNow() : null;

    /// <summary>The room whose link the screen has offered for long enough to be read; null for none.</summary>
    /// <param name="now">The call's time.</param>
    public string? OfferedRoom(TimeSpan now) => offered is { } offer && now - offer.Since >= Readable ? offer.Room : null;

    /// <summary>The views of this moment.</summary>
    /// <param name="state">The call.</param>
    /// <param name="now">Its machine's time.</param>
    /// <param name="board">What the checks have found.</param>
    /// <param name="keyboards">How many keyboards with the start key are there.</param>
    /// <param name="help">What became of a call for help; it is told when its answer is shown.</param>
    /// <param name="doing">What is being done for the helpdesk; null for nothing.</param>
    /// <param name="waitingRoom">The room whose link waits to be confirmed; null for none.</param>
    /// <param name="classWasCut">The computer went out in a class.</param>
    public Views Of(CallState state, TimeSpan now, HealthBoard board, int keyboards, HelpLine help, string? doing, string? waitingRoom, bool classWasCut)
    {
        var keys = setup.Kit.Keys ?? new();
        var wallClock = WallClock();
        var facts = new KitFacts(setup.Kit.School, setup.Kit.Room, Caps(keys.Start), Caps(keys.End), !keys.Listen || keyboards > 0, setup.Hours)
        {
            Faults = board.Told,
            ClassWasCut = classWasCut,
            HelpKey = keyboards > 0 && keys is { Listen: true, HelpChord: { } help1 } ? Caps(help1) : null,
            MuteKey = keys is { Listen: true, MuteChord: { } mute } ? Caps(mute) : null,
        };
        var notice = HelpNotice.Of(help.State, setup.Hours, help.Now, wallClock, words);
        var link = LinkNotice.Of(waitingRoom, state, facts.EndKey, words);
        offered = link is null ? null : offered is { } offer && offer.Room == waitingRoom ? offer : new(waitingRoom!, now);
        IReadOnlyList<ScreenLine?> said = [notice is null ? null : new(notice.Mood, notice.Text), doing is null ? null : RequestNotice.Of(doing, words), link];
        facts = facts with { Said = [.. said.OfType<ScreenLine>()] };
        return new(
            Room.Standby(state, facts, now, wallClock, words), Room.Overlay(state, facts, now, words),
            notice?.AnswerId is { } id ? () => help.Shown(id) : null);
    }

    private sealed record Offer(string Room, TimeSpan Since);

    private string Caps(string chord) => KeyCaps.Of(chord, words);
}
