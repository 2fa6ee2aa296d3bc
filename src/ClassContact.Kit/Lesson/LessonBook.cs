using System.Threading.Channels;
using ClassContact.Kit.Call;
using ClassContact.Kit.Quality;
using ClassContact.Kit.Settings;
using ClassContact.Messages;
using Microsoft.Extensions.Logging;
using Channel = System.Threading.Channels.Channel;

namespace ClassContact.Kit.Lesson;

/// <summary>
/// Keeps account of every lesson: fed with the call's states and samples by anybody, it works on its own loop, and what it cannot write or read
/// costs the record alone.
/// </summary>
public sealed class LessonBook
{
    /// <summary>An agent that is killed loses at most so much of what it knew.</summary>
    internal static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    // Many minutes of a disk that hangs. A state more or less would falsify the minutes, so what finds no place is told.
    private readonly Channel<Entry> inbox = Channel.CreateBounded<Entry>(new BoundedChannelOptions(1024) { SingleReader = true });
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly DraftFile file;
    private readonly LessonFolder kept;
    private readonly Baseline baseline;
    private LessonDraft? draft;
    private QualitySample? window;
    private bool isFound; // an earlier agent's draft, and the call is not yet known
    private TimeSpan saved;

    /// <summary>Reads and writes nothing before <see cref="Run"/>.</summary>
    /// <param name="folders">The lesson that goes on lies in <c>run</c>, those that are over in <c>data</c>.</param>
    /// <param name="time">Its timestamps are the machine's time.</param>
    /// <param name="log">Gets verdicts, and what cannot be kept.</param>
    public LessonBook(FolderSettings folders, TimeProvider time, ILogger log)
    {
        (this.time, this.log) = (time, log);
        (file, kept, baseline) = (new(folders.Run, log), new(folders.Data, time, log), new(folders.Data, log));
    }

    /// <summary>Told of every lesson that is over; once more after a crash in that moment. Must not wait.</summary>
    public Action<LessonRecord> Ended { get; init; } = _ => { };

    /// <summary>What is around the kit; asked at a lesson's end. May read files.</summary>
    public Func<IReadOnlyDictionary<string, string>> Around { get; init; } = () => new Dictionary<string, string>();

    /// <summary>The call has changed; the first of them says how the agent found it. Returns at once.</summary>
    public void Changed(CallSnapshot call) => Put(new(Now, call, null));

    /// <summary>A second of the call was measured. Returns at once.</summary>
    public void Seen(QualitySample sample) => Put(new(Now, null, sample));

    /// <summary>Works until cancelled; the lesson that goes on is written down for the next agent.</summary>
    public async Task Run(CancellationToken ct)
    {
        kept.SetDamagedAside();
        draft = file.Read(Now);
        isFound = draft is not null;
        while (!ct.IsCancellationRequested)
        {
            await Wait(ct);
            while (inbox.Reader.TryRead(out var entry))
                Take(entry);
            if (Now - saved >= Pace)
                Save(Now);
        }
        Save(Now);
    }

    private TimeSpan Now => time.GetElapsedTime(0);

    private void Put(Entry entry)
    {
        if (!inbox.Writer.TryWrite(entry))
            log.LogError("The book of lessons hangs: {Entry} was not taken", entry.Call is null ? "a sample" : "a state");
    }

    // While a lesson is on it is written down although nothing happens.
    private async Task Wait(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var coming = inbox.Reader.WaitToReadAsync(limit.Token).AsTask();
        var pause = draft is null ? Task.Delay(Timeout.InfiniteTimeSpan, time, limit.Token) : Task.Delay(Pace, time, limit.Token);
        await Task.WhenAny(coming, pause);
        await limit.CancelAsync();
    }

    private void Take(Entry entry)
    {
        if (entry.Call is { } call)
            Take(call, entry.At);
        else if (draft?.Now.IsOpen == true)
            Take(entry.Sample!);
    }

    private void Take(CallSnapshot call, TimeSpan at)
    {
        var launch = (call.State as CallState.Consented)?.Launch;
        if (draft is not null && draft.Id != launch?.Receipt.Id)
            End(isFound ? draft.Until : at, call); // one that ended while no agent was there is not known to have gone on
        else if (isFound)
            draft = draft?.TakenUp(at);
        isFound = false;
        if (launch is null || LessonState.Of(call) is not { } state)
            return;
        if (!state.IsOpen)
            CloseWindow();
        draft = draft?.To(state, launch.Receipt, at) ?? LessonDraft.Begin(launch, state, at);
        Save(at);
    }

    private void Take(QualitySample sample)
    {
        window = window?.Then(sample) ?? sample;
        if (window.Seconds >= QualityFigures.Window.TotalSeconds)
            CloseWindow();
    }

    private void CloseWindow()
    {
        // Half a window still tells; less is chance.
        if (window?.Seconds >= QualityFigures.Window.TotalSeconds / 2)
            draft = draft?.With(window);
        window = null;
    }

    private void End(TimeSpan at, CallSnapshot call)
    {
        CloseWindow();
        var over = draft!.At(at);
        var isFault = call.State is CallState.Faulted { Launch.Receipt.Id: var id } && id == over.Id;
        if (isFault)
            over = over with { Receipt = call.Status.Receipt ?? over.Receipt };
        var end = time.GetUtcNow() - (Now - at);
        var around = Around();
        var lesson = over.End(isFault ? call.Status.Cause : null, end) with { Changed = baseline.Changes(around) };
        draft = null;
        log.LogInformation("Lesson: {Verdict} ({Reason}), {Open} min open, {Pupil} with the pupil", lesson.Verdict, lesson.Reason, lesson.Minutes.Open, lesson.Minutes.WithPupil);
        kept.Keep(lesson);
        Ended(lesson);
        if (lesson.Verdict is LessonVerdict.Good)
            baseline.Keep(around);
        file.Drop();
    }

    private void Save(TimeSpan at)
    {
        if (draft is null || isFound)
            return;
        draft = draft.At(at);
        file.Keep(draft);
        saved = at;
    }

    private sealed record Entry(TimeSpan At, CallSnapshot? Call, QualitySample? Sample);
}
