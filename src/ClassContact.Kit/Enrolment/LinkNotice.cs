using ClassContact.Kit.Call;
using ClassContact.Kit.Screen;

namespace ClassContact.Kit.Enrolment;

/// <summary>What the room reads while a new link waits for somebody there.</summary>
public static class LinkNotice
{
    /// <summary>The line; null when there is nothing to confirm, or when it is not the moment: a class is not asked.</summary>
    /// <param name="waitingRoom">The label that waits (<see cref="EnrolmentWorker.WaitingRoom"/>).</param>
    /// <param name="state">Of the call.</param>
    /// <param name="key">What confirms it, held for a second.</param>
    /// <param name="words">The language.</param>
    public static ScreenLine? Of(string? waitingRoom, CallState state, string key, Words words) =>
        waitingRoom is not null && state is CallState.Standby ? new(Mood.Attention, words.Say("link.new", ("room", waitingRoom), ("key", key))) : null;
}
