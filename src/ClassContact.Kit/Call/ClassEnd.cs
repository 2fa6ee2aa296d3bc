namespace ClassContact.Kit.Call;

/// <summary>When a class is ended that nobody ends. The room is warned, and a start keeps it open.</summary>
/// <param name="At">The time of day in Brussels at which school is over, <c>16:30</c>; null ends no class by the clock.</param>
/// <param name="Wednesday">The same on Wednesday, when Belgian schools have the afternoon off; null: as on other days.</param>
/// <param name="EmptyMinutes">So long the meeting must show that nobody else is in the room, 5 to 600; mere silence never counts.</param>
public sealed record ClassEndSettings(string? At = null, string? Wednesday = null, int EmptyMinutes = 60)
{
    /// <summary>Everything that is wrong, each beginning with the field's name.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (field, text) in new[] { ("at", At), ("wednesday", Wednesday) })
        {
            if (text is not null && Read(text) is null)
                yield return $"{field} '{text}' is not a time of day such as 16:30";
        }
        if (Wednesday is not null && At is null)
            yield return "wednesday stands without at";
        if (EmptyMinutes is < 5 or > 600)
            yield return $"emptyMinutes {EmptyMinutes} is outside 5..600";
    }

    /// <summary>When school is over on a day; null where the clock ends no class.</summary>
    internal TimeOnly? On(DayOfWeek day) => Read(day is DayOfWeek.Wednesday ? Wednesday ?? At : At);

    private static TimeOnly? Read(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var time) ? time : null;
}

/// <summary>
/// Watches for the end of the school day, and for a room that has long been empty. It only suggests: the machine warns and ends. A class that was
/// opened after the end of the day, for a parents' evening, is left alone. All members return at once.
/// </summary>
/// <param name="settings">When.</param>
/// <param name="time">Of the looking.</param>
/// <param name="wallClock">The time of day; null while the clock is not to be trusted: then the day does not end.</param>
/// <param name="tell">Takes the suggestion.</param>
public sealed class ClassEnd(ClassEndSettings settings, TimeProvider time, Func<DateTimeOffset?> wallClock, Action<CallEvent> tell)
{
    /// <summary>Nobody minds ten seconds at the end of a day.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private bool isOn;
    private bool beganInTime;
    private long? emptySince;

    /// <summary>The call is in this state now.</summary>
    public void Call(CallState state)
    {
        lock (gate)
        {
            var was = isOn;
            isOn = state is CallState.Consented;
            if (!isOn)
                (emptySince, beganInTime) = (null, false);
            else if (!was)
                beganInTime = BeganInTime(((CallState.Consented)state).Launch.Receipt.At); // also for an agent that finds the class
        }
    }

    /// <summary>The meeting's page was looked at.</summary>
    public void See(PageSeen page)
    {
        lock (gate)
            emptySince = page is { IsEmpty: true, RemoteMedia: false } ? emptySince ?? time.GetTimestamp() : null;
    }

    /// <summary>Works until cancelled.</summary>
    public async Task Run(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            if (Due() is { } why)
                tell(new EndSuggested(why));
        }
    }

    private EndReason? Due()
    {
        lock (gate)
        {
            if (!isOn)
                return null;
            var isOver = IsDayOver();
            beganInTime |= isOver is false; // a clock that is only set in the middle of a class
            return isOver is true && beganInTime ? EndReason.DayOver
                : emptySince is { } since && time.GetElapsedTime(since) >= TimeSpan.FromMinutes(settings.EmptyMinutes) ? EndReason.RoomEmpty
                : null;
        }
    }

    // The press was stamped by whatever clock there was then: one of another day tells nothing.
    private bool BeganInTime(DateTimeOffset pressed) =>
        wallClock() is { } now && Screen.HelpdeskHours.InBrussels(pressed).Date == Screen.HelpdeskHours.InBrussels(now).Date && !IsDayOver(pressed);

    private bool? IsDayOver() => wallClock() is { } now ? IsDayOver(now) : null;

    private bool IsDayOver(DateTimeOffset now)
    {
        var local = Screen.HelpdeskHours.InBrussels(now);
        return settings.On(local.DayOfWeek) is { } end && TimeOnly.FromDateTime(local.DateTime) >= end;
    }
}
