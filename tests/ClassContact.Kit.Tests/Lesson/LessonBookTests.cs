using System.Collections.Concurrent;
using System.Text.Json;
using ClassContact.Kit.Call;
using ClassContact.Kit.Lesson;
using ClassContact.Kit.Settings;
using ClassContact.Messages;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Tests.Lesson;

public sealed class LessonBookTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20); // only a broken book spends it

    private readonly string folder = Directory.CreateTempSubdirectory("classcontact-lessons-").FullName;
    private readonly FakeTime time = new();
    private readonly ConcurrentQueue<LessonRecord> ended = [];
    private CancellationTokenSource stop = new();
    private Dictionary<string, string> around = new() { ["browser"] = "Chrome/156", ["udp"] = "passes" };
    private LessonBook book;
    private Task run;

    public LessonBookTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "run"));
        (book, run) = Begin();
    }

    [Fact]
    public async Task A_lesson_is_told_and_kept_when_it_ends()
    {
        var lesson = await Hold(minutes: 50);
        Assert.Equal((LessonVerdict.Good, "as-it-should-be", 50.0), (lesson.Verdict, lesson.Reason, lesson.Minutes.WithPupil));
        Assert.Null(lesson.Changed);
        await Until(() => Kept().Count == 1);
        Assert.Equal(lesson with { Changed = null }, Kept()[0]);
        await Until(() => !File.Exists(Path.Combine(folder, "run", "lesson.json")));
    }

    [Fact]
    public async Task What_has_changed_since_the_last_good_lesson_stands_in_the_record()
    {
        await Hold(minutes: 50);
        Assert.Empty((await Hold(minutes: 50)).Changed!);
        around = new() { ["browser"] = "Chrome/157", ["camera-port"] = "1-2" };
        Assert.Equal([new("browser", "Chrome/156", "Chrome/157")], (await Hold(minutes: 1, pupil: false)).Changed!);
        Assert.Equal([new("browser", "Chrome/156", "Chrome/157")], (await Hold(minutes: 50)).Changed!); // the one before was no good lesson
        Assert.Empty((await Hold(minutes: 50)).Changed!);
        around = new() { ["udp"] = "blocked" };
        Assert.Equal([new("udp", "passes", "blocked")], (await Hold(minutes: 50)).Changed!);
    }

    [Fact]
    public async Task A_launch_that_fails_is_a_lesson_that_failed_with_its_cause()
    {
        Change(new Joining(Launch("a"), null, new(1, default), default));
        time.Advance(TimeSpan.FromSeconds(40));
        Change(new Faulted(Launch("a") with { Receipt = Launch("a").Receipt with { StoppedAt = "pageLoaded" } }, Cause.PageNotLoaded));
        var lesson = await Ended();
        Assert.Equal((LessonVerdict.Failed, "page-not-loaded", "pageLoaded"), (lesson.Verdict, lesson.Reason, lesson.Receipt!.StoppedAt));
    }

    [Fact]
    public async Task An_agent_that_is_killed_in_a_lesson_costs_what_nobody_saw_and_nothing_else()
    {
        Change(new WithPupil(Launch("a"), Tracks.None, time.Monotonic));
        await Within(() => Draft()?.Until >= time.Monotonic - LessonBook.Pace && Draft()!.WithPupil > TimeSpan.FromMinutes(1), seconds: 1);
        await Restart();
        time.Advance(TimeSpan.FromMinutes(2));
        Change(new Joining(Launch("a"), Cause.AgentRestarted, new(0, default), default));
        time.Advance(TimeSpan.FromSeconds(1));
        Change(new WithPupil(Launch("a"), Tracks.None, time.Monotonic));
        time.Advance(TimeSpan.FromMinutes(10));
        Change(new Ending(default));
        var lesson = await Ended();
        Assert.InRange(lesson.Minutes.Unwatched, 2.01, 2.4);
        Assert.InRange(lesson.Minutes.WithPupil, 11, lesson.Minutes.Total - lesson.Minutes.Unwatched + 0.02);
        Assert.Equal(0, lesson.Recoveries);
    }

    [Fact]
    public async Task A_lesson_that_ended_while_no_agent_was_there_ends_where_it_was_last_seen()
    {
        Change(new WithPupil(Launch("a"), Tracks.None, time.Monotonic));
        await Within(() => Draft()?.WithPupil > TimeSpan.FromMinutes(1), seconds: 1);
        await Restart();
        var seen = Draft()!;
        time.Advance(TimeSpan.FromHours(8));
        Change(new Standby());
        var lesson = await Ended();
        Assert.Equal((Math.Round(seen.Total.TotalMinutes, 2), 0), (lesson.Minutes.Total, lesson.Minutes.Unwatched));
        Assert.Equal(time.GetUtcNow() - (time.Monotonic - seen.Until), lesson.End);
    }

    [Fact]
    public async Task Two_presses_in_a_row_are_two_lessons()
    {
        Change(new Open(Launch("a"), Tracks.None));
        Change(new Joining(Launch("b"), null, new(1, default), default));
        Change(new Ending(default));
        Assert.Equal(["a", "b"], [(await Ended()).Id, (await Ended()).Id]);
    }

    [Fact]
    public async Task A_draft_that_is_garbage_is_no_draft()
    {
        await Restart(() => File.WriteAllText(Path.Combine(folder, "run", "lesson.json"), "{\"id\":"));
        Assert.Equal(LessonVerdict.Good, (await Hold(minutes: 20)).Verdict);
    }

    [Fact]
    public async Task A_draft_whose_figures_nobody_can_have_counted_is_no_draft()
    {
        var draft = LessonDraft.Begin(Launch("a"), new(LessonPhase.Open), TimeSpan.Zero);
        var nonsense = draft with { Sent = QualityTally.Empty with { Fps = Tally.Frames with { Counts = Tally.Frames.Counts.Add(3, -5) } } };
        await Restart(() => File.WriteAllBytes(Path.Combine(folder, "run", "lesson.json"), JsonSerializer.SerializeToUtf8Bytes(nonsense, LessonJson.Default.LessonDraft)));
        Assert.Equal(LessonVerdict.Good, (await Hold(minutes: 20)).Verdict);
    }

    [Fact]
    public async Task Folders_that_cannot_be_written_cost_the_files_alone()
    {
        await Restart(() =>
        {
            Directory.Delete(Path.Combine(folder, "run"), recursive: true);
            File.WriteAllText(Path.Combine(folder, "run"), "");
            File.WriteAllText(Path.Combine(folder, "data"), "");
        });
        Assert.Equal(LessonVerdict.Good, (await Hold(minutes: 20)).Verdict);
        Assert.False(run.IsCompleted);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await run;
        stop.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private (LessonBook, Task) Begin()
    {
        var begun = new LessonBook(new FolderSettings(Run: Path.Combine(folder, "run"), Data: Path.Combine(folder, "data")), time, NullLogger.Instance)
        {
            Ended = ended.Enqueue, Around = () => around,
        };
        return (begun, Task.Run(() => begun.Run(stop.Token), CancellationToken.None));
    }

    // As after a kill: what was not written down is gone.
    private async Task Restart(Action? meanwhile = null)
    {
        var draft = Path.Combine(folder, "run", "lesson.json");
        var left = File.Exists(draft) ? await File.ReadAllBytesAsync(draft) : null;
        await stop.CancelAsync();
        await run;
        stop.Dispose();
        stop = new();
        if (left is not null)
            await File.WriteAllBytesAsync(draft, left);
        meanwhile?.Invoke();
        (book, run) = Begin();
    }

    private async Task<LessonRecord> Hold(int minutes, bool pupil = true)
    {
        var launch = Launch(Guid.NewGuid().ToString("N")[..12]);
        Change(pupil ? new WithPupil(launch, Tracks.None, time.Monotonic) : new Open(launch, Tracks.None));
        time.Advance(TimeSpan.FromMinutes(minutes));
        Change(new Ending(default));
        return await Ended();
    }

    private Launch Launch(string id) => new(time.Monotonic, new(id, time.GetUtcNow(), "key"));

    private void Change(CallState state) => book.Changed(new(state, CallNews.Status(state, time.GetUtcNow(), null)));

    private async Task<LessonRecord> Ended()
    {
        LessonRecord? lesson = null;
        await Until(() => ended.TryDequeue(out lesson));
        return lesson!;
    }

    private IReadOnlyList<LessonRecord> Kept() => new LessonFolder(Path.Combine(folder, "data"), time, NullLogger.Instance).Read();

    private LessonDraft? Draft()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, "run", "lesson.json")), LessonJson.Default.LessonDraft);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private Task Until(Func<bool> condition) => Within(condition, seconds: 0);

    private async Task Within(Func<bool> condition, double seconds)
    {
        var end = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(end) < Patience, "it did not come about");
            time.Advance(TimeSpan.FromSeconds(seconds));
            await Task.Delay(1);
        }
    }
}
