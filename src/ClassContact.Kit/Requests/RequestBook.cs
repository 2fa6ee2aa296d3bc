using System.Collections.Immutable;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Kit.Requests;

/// <summary>A request that was accepted, as it is written down before it is done.</summary>
/// <param name="Id">The request's.</param>
/// <param name="Name">The request's name.</param>
/// <param name="Expires">Until when it could come again.</param>
/// <param name="Boot">The computer's start in which it was accepted.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why not, as a code.</param>
/// <param name="Bundle">The bundle that was sent by it.</param>
internal sealed record BookEntry(
    string Id, string Name, DateTimeOffset Expires, string Boot, Outcome Outcome = Outcome.Accepted, string? Reason = null, KeptBundle? Bundle = null)
{
    /// <summary>What is said of it.</summary>
    internal Reply Reply => new(Id, Name, Outcome, Reason, Bundle);

    /// <summary>It is still to be done, and waits for nobody to read it.</summary>
    internal bool IsDue => Outcome is Outcome.Accepted && Name != RequestName.ShowMessage;
}

/// <summary>What was accepted, the oldest first: so that nothing is done twice, also by an agent that was started again. It never changes: each step gives the next.</summary>
/// <param name="Entries">The requests.</param>
/// <param name="LostAt">When an earlier book was found damaged, UTC. What expires within <see cref="Request.LongestWait"/> after it may have been done already.</param>
internal sealed record RequestBook(ImmutableArray<BookEntry> Entries, DateTimeOffset? LostAt = null)
{
    /// <summary>Some 40 kB: four a minute for an hour, after which they expire.</summary>
    internal const int Most = 240;

    internal static RequestBook Empty { get; } = new([]);

    /// <summary>The first page after a book that cannot be read.</summary>
    /// <param name="wallClock">UTC; null while it cannot be trusted: then the loss is dated as soon as it can.</param>
    internal static RequestBook AfterLoss(DateTimeOffset? wallClock) => new([], wallClock ?? DateTimeOffset.MaxValue);

    /// <summary>A loss that nobody could date, or that a wrong clock dated, was now at the latest.</summary>
    internal RequestBook Dated(DateTimeOffset? wallClock) => LostAt > wallClock ? this with { LostAt = wallClock } : this;

    internal BookEntry? Find(string id) => Entries.FirstOrDefault(entry => entry.Id == id);

    /// <summary>Notes one more; null when there is no room, because all that is in it could still come again.</summary>
    /// <param name="entry">The new one.</param>
    /// <param name="wallClock">UTC; null while it cannot be trusted.</param>
    internal RequestBook? With(BookEntry entry, DateTimeOffset? wallClock)
    {
        if (Entries.Length < Most)
            return this with { Entries = Entries.Add(entry) };
        var old = Entries.FirstOrDefault(e => !e.IsDue && (Wanted.IsHarmlessByName(e.Name) || e.Expires < wallClock));
        return old is null ? null : this with { Entries = Entries.Remove(old).Add(entry) };
    }

    /// <summary>Notes what became of one.</summary>
    internal RequestBook With(BookEntry changed) => this with { Entries = [.. Entries.Select(entry => entry.Id == changed.Id ? changed : entry)] };

    /// <summary>What an agent that was just started makes of the book: a restart is what some waited for, and has interrupted the others.</summary>
    /// <param name="boot">The computer's start of now.</param>
    internal RequestBook Resumed(string boot) => this with
    {
        Entries = [.. Entries.Select(entry => entry.Outcome is not Outcome.Accepted ? entry
            : entry.Name is RequestName.ReloadSettings || (entry.Name is RequestName.Reboot && entry.Boot != boot) ? entry with { Outcome = Outcome.Done }
            : entry with { Outcome = Outcome.Refused, Reason = "interrupted" })],
    };
}
