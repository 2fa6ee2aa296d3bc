using ClassContact.Kit.Call;
using ClassContact.Kit.Lesson;
using ClassContact.Kit.Quality;
using ClassContact.Kit.Tests.Quality;
using ClassContact.Messages;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ClassContact.Kit.Tests.Lesson;

public class LessonDraftTests
{
    private static readonly DateTimeOffset End = new(2026, 11, 23, 9, 20, 0, TimeSpan.Zero);
    private static readonly LaunchReceipt Receipt = new("8c1f20aa9d31", End, "key");
    private static readonly LessonState Opening = new(LessonPhase.Opening);
    private static readonly LessonState Open = new(LessonPhase.Open);
    private static readonly LessonState Pupil = new(LessonPhase.WithPupil);

    // Minutes of each state in turn; the verdict and its reason.
    public static TheoryData<string, LessonVerdict, string, string?> Lessons => new()
    {
        { "opening 0.1, pupil 50", LessonVerdict.Good, "as-it-should-be", null },
        { "opening 0.1, open 5, pupil 20, open 10, pupil 10", LessonVerdict.Good, "as-it-should-be", null },
        { "opening 0.1, pupil 30, ours 0.2, pupil 19.7", LessonVerdict.Good, "as-it-should-be", null },
        { "opening 0.1, pupil 30, ours 1, pupil 19", LessonVerdict.Disturbed, "lost-ours", null },
        { "opening 0.1, pupil 30, ours 1, network 2, meeting 1.5, pupil 19", LessonVerdict.Disturbed, "lost-network", null },
        { "opening 0.1, pupil 20, meeting 30", LessonVerdict.Failed, "lost-meeting", null },
        { "opening 0.1, pupil 20, ours 0.1, pupil 1, ours 0.1, pupil 1, ours 0.1, pupil 1, ours 0.1, pupil 20", LessonVerdict.Disturbed, "recoveries", null },
        { "opening 0.1, pupil 20, far 5, pupil 20", LessonVerdict.Disturbed, "lost-far-side", null },
        { "opening 0.1, pupil 40, blind 5", LessonVerdict.Disturbed, "no-camera", null },
        { "opening 0.1, pupil 40, dumb 5", LessonVerdict.Disturbed, "no-microphone", null },
        { "opening 0.1, pupil 20, gone 20, pupil 10", LessonVerdict.Disturbed, "unwatched", null },
        { "opening 0.1, pupil 30, gone 1, pupil 20", LessonVerdict.Good, "as-it-should-be", null },
        { "opening 0.1, open 45", LessonVerdict.NobodyCame, "nobody-came", null },
        { "opening 0.1, open 1", LessonVerdict.NotHeld, "tried", null },
        { "opening 0.3", LessonVerdict.NotHeld, "ended-before-open", null },
        { "opening 0.8", LessonVerdict.Failed, "page-not-loaded", "page-not-loaded" },
        { "opening 0.1, pupil 45, network 0.8", LessonVerdict.Disturbed, "page-not-loaded", "page-not-loaded" },
        { "opening 0.1, pupil 5, network 40", LessonVerdict.Failed, "page-not-loaded", "page-not-loaded" },
    };

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_lesson_has_one_verdict_and_its_reason(string lesson, LessonVerdict verdict, string reason, string? fault)
    {
        var record = Play(lesson).End(fault, End);
        Assert.Equal((verdict, reason), (record.Verdict, record.Reason));
    }

    [Fact]
    public void Minutes_are_told_by_what_they_were()
    {
        var record = Play("opening 1, open 2, pupil 30, network 3, ours 0.5, open 1, far 4, gone 2, pupil 6.5").End(null, End);
        Assert.Equal(new(50, 43.5, 36.5, 2, 0, 0), record.Minutes);
        Assert.Equal(new(0.5, 4, 3, 0), record.Lost);
        Assert.Equal((1, End.AddMinutes(-50), End), (record.Recoveries, record.Start, record.End));
    }

    [Fact]
    public void A_lesson_that_another_agent_takes_up_counts_the_gap_and_no_recovery()
    {
        var draft = Play("opening 0, pupil 10").TakenUp(TimeSpan.FromMinutes(15)).To(new(LessonPhase.Unwatched), Receipt, TimeSpan.FromMinutes(16))
            .To(Pupil, Receipt, TimeSpan.FromMinutes(17)).At(TimeSpan.FromMinutes(20));
        var record = draft.End(null, End);
        Assert.Equal(new(20, 13, 13, 7, 0, 0), record.Minutes);
        Assert.Equal(0, record.Recoveries);
    }

    [Fact]
    public void Quality_is_the_worst_and_the_median_of_what_flowed()
    {
        var draft = Play("opening 0, pupil 1");
        foreach (var fps in new[] { 30, 29, 5, 31, 30 })
            draft = draft.With(Seconds(fps));
        Assert.Equal(new LessonQuality(null, new(5, 30), new(720, 720)), draft.End(null, End).Received);
        Assert.Null(draft.End(null, End).Sent);
        Assert.Equal(draft, draft.With(Seconds(fps: 0, packets: 0))); // a pupil that has closed the camera
    }

    [Fact]
    public void A_picture_of_stills_disturbs_a_lesson()
    {
        var draft = Play("opening 0, pupil 50");
        Assert.Equal("picture-received", Enumerable.Repeat(Seconds(fps: 4), 6).Aggregate(draft, (d, s) => d.With(s)).End(null, End).Reason);
    }

    [Fact]
    public void Whatever_happens_in_whatever_order_minutes_add_up_and_none_is_negative() => Prop.ForAll(
        Arb.From(Gen.ListOf(from at in Gen.Choose(0, 4000) from state in Gen.Choose(0, 9) from taken in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true))) select (at, state, taken))),
        moves =>
        {
            var draft = Begin();
            foreach (var (at, state, taken) in moves)
                draft = taken ? draft.TakenUp(TimeSpan.FromSeconds(at)) : draft.To(States.Values.ElementAt(state), Receipt, TimeSpan.FromSeconds(at));
            Assert.Equal(TimeSpan.FromSeconds(moves.Select(m => m.at).Append(0).Max()), draft.Total); // a step back in time counts nothing
            TimeSpan[] all = [draft.Open, draft.WithPupil, draft.Unwatched, draft.NoCamera, draft.NoMicrophone, draft.Ours, draft.FarSide, draft.Network, draft.Meeting];
            Assert.All(all, time => Assert.InRange(time, TimeSpan.Zero, draft.Total));
            Assert.True(draft.WithPupil <= draft.Open);
            Assert.True(draft.Open + draft.Unwatched <= draft.Total);
            Assert.True(draft.Ours + draft.FarSide + draft.Network + draft.Meeting <= draft.Total);
            Assert.NotEmpty(draft.End(null, End).Reason);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(1000).WithReplay(20261121, 1));

    private static readonly Dictionary<string, LessonState> States = new()
    {
        ["opening"] = Opening, ["open"] = Open, ["pupil"] = Pupil, ["gone"] = new(LessonPhase.Unwatched),
        ["ours"] = new(LessonPhase.Opening, Side.Ours, Recovers: true), ["network"] = new(LessonPhase.Opening, Side.Network, Recovers: true),
        ["meeting"] = new(LessonPhase.Opening, Side.Meeting, Recovers: true), ["far"] = new(LessonPhase.Open, Side.FarSide),
        ["blind"] = new(LessonPhase.WithPupil, NoCamera: true), ["dumb"] = new(LessonPhase.WithPupil, NoMicrophone: true),
    };

    private static LessonDraft Begin() => LessonDraft.Begin(new(TimeSpan.Zero, Receipt), Opening, TimeSpan.Zero);

    private static LessonDraft Play(string lesson)
    {
        var (draft, at) = (Begin(), TimeSpan.Zero);
        foreach (var part in lesson.Split(", ").Select(part => part.Split(' ')))
        {
            draft = draft.To(States[part[0]], Receipt, at);
            at += TimeSpan.FromMinutes(double.Parse(part[1], System.Globalization.CultureInfo.InvariantCulture));
        }
        return draft.At(at);
    }

    private static QualitySample Seconds(double fps, double packets = 100) => QualitySample.Between(
        Told.Counters(Told.Stream(1, false, true, ("packets", 1), ("frames", 0))),
        Told.Counters(Told.Stream(1, false, true, ("packets", 1 + packets), ("frames", fps * 10), ("height", 720))), TimeSpan.FromSeconds(10));
}
