using ClassContact.Kit.Browser;
using ClassContact.Kit.Call;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Rehearse;

/// <summary>Judges what is seen of a rehearsal, fact by fact, and says how long the next point may take. No clock, no browser.</summary>
internal sealed class Rehearsal(MeetingDescription meeting)
{
    /// <summary>A step ends a little after its time: it waits in the page.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    /// <summary>A launch waits <see cref="CallTimes.Track"/> and then opens without the device; a rehearsal tells how long it took.</summary>
    private static readonly TimeSpan Device = TimeSpan.FromSeconds(10);

    private readonly List<RehearsalPoint> points = [];
    private Point waiting = Point.Browser;
    private Tracks live;
    private string? refused;
    private int step;
    private TimeSpan last;

    /// <summary>So far.</summary>
    public IReadOnlyList<RehearsalPoint> Points => points;

    /// <summary>True once nothing more is to come: all is reached, or something failed.</summary>
    public bool IsOver => HasFailed || (waiting is Point.Standby && live is Tracks.Both);

    /// <summary>Something did not go as it should.</summary>
    public bool HasFailed => points.Any(p => p.Result is Result.Failed);

    /// <summary>When what is waited for must be there, since the rehearsal's start.</summary>
    public TimeSpan Deadline => last + waiting switch
    {
        Point.Browser => CallTimes.BrowserReady,
        Point.Page => CallTimes.PageLoaded,
        Point.Host => CallTimes.PageLoaded,
        Point.Step => TimeSpan.FromSeconds(meeting.Steps![step].Seconds) + Late,
        Point.Joined => CallTimes.Joined,
        _ => Device,
    };

    /// <summary>Takes a fact.</summary>
    /// <param name="fact">A <see cref="VisitNote"/> or a <see cref="CallEvent"/>.</param>
    /// <param name="now">Since the rehearsal's start.</param>
    public void See(object fact, TimeSpan now)
    {
        switch (fact)
        {
            case BrowserAttached when waiting is Point.Browser:
                Reach(Point.Browser, Point.Page, now);
                break;
            case PageAnswered { IsLedElsewhere: true } answer:
                Reach(Point.Page, Point.Host, now);
                Fail(Point.Host, now, answer.Error);
                break;
            case PageAnswered { Error: { } error }:
                Fail(Point.Page, now, error);
                break;
            case SelectorIsOdd odd:
                Add(new(Point.Selector, Result.Failed, now - last, odd.Field));
                break;
            case PageLooked look:
                Look(look, now);
                break;
            case StepEnded ended:
                End(ended, now);
                break;
            case MilestoneReached { Milestone: Milestone.Joined }:
                Reach(Point.Joined, Point.Standby, now);
                break;
            case PageSeen seen: // a page may have joined a moment before its devices are open
                Open(seen.Live & ~live, now);
                break;
            case PageFailed failed:
                Fail(waiting, now, Kebab(failed.Cause));
                break;
            case BrowserGone:
                Fail(waiting, now, Kebab(Cause.BrowserLost));
                break;
        }
    }

    /// <summary>What is waited for did not come by its <see cref="Deadline"/>.</summary>
    public void GiveUp(TimeSpan now)
    {
        if (waiting is not Point.Standby)
        {
            Fail(waiting, now, null);
            return;
        }
        foreach (var (track, point) in new[] { (Tracks.Camera, Point.Camera), (Tracks.Microphone, Point.Microphone) })
        {
            if (!live.HasFlag(track))
                Add(new(point, Result.Failed, now - last, refused));
        }
    }

    /// <summary>The end: whether the standby page is shown again.</summary>
    public void Close(bool isShown, TimeSpan now) => Add(new(Point.Standby, isShown ? Result.Ok : Result.Failed, now - last));

    private void Look(PageLooked look, TimeSpan now)
    {
        if (waiting is Point.Page)
        {
            if (look.Status >= 400)
            {
                Fail(Point.Page, now, $"HTTP {look.Status}");
                return;
            }
            Reach(Point.Page, Point.Host, now, look.Status == 0 ? null : $"HTTP {look.Status}");
        }
        if (waiting is Point.Host)
        {
            if (!look.IsMeetings)
            {
                Fail(Point.Host, now, null);
                return;
            }
            Reach(Point.Host, meeting.Steps is { Count: > 0 } ? Point.Step : Point.Joined, now);
        }
        Open(look.Live & ~live, now);
        refused = look.Refused;
    }

    private void Open(Tracks opened, TimeSpan now)
    {
        live |= opened;
        if (opened.HasFlag(Tracks.Camera))
            Add(new(Point.Camera, Result.Ok, now - last));
        if (opened.HasFlag(Tracks.Microphone))
            Add(new(Point.Microphone, Result.Ok, now - last));
    }

    private void End(StepEnded ended, TimeSpan now)
    {
        var result = ended.Came ? Result.Ok : ended.Step.Optional ? Result.PassedOver : Result.Failed;
        Add(new(Point.Step, result, ended.Took, Number: ended.Number, Step: ended.Step));
        last = now;
        step = ended.Number;
        waiting = step < meeting.Steps!.Count ? Point.Step : Point.Joined;
    }

    private void Reach(Point point, Point next, TimeSpan now, string? found = null)
    {
        Add(new(point, Result.Ok, now - last, found));
        (waiting, last) = (next, now);
    }

    // The first thing that failed explains what follows from it.
    private void Fail(Point point, TimeSpan now, string? found)
    {
        if (HasFailed)
            return;
        var isStep = point is Point.Step;
        Add(new(point, Result.Failed, now - last, found, isStep ? step + 1 : null, isStep ? meeting.Steps![step] : null));
    }

    private void Add(RehearsalPoint point) => points.Add(point);

    private static string Kebab(Cause cause) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName($"{cause}");
}
