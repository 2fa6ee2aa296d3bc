using ClassContact.Kit.Call;
using ClassContact.Kit.Quality;
using ClassContact.Messages;

namespace ClassContact.Kit.Lesson;

/// <summary>
/// A lesson that goes on, as far as it is accounted for. Every moment from the press on is counted once: as open (with or without the pupil),
/// as unwatched, or as neither. Times are the machine's own, so that a clock that is set neither makes nor takes minutes.
/// </summary>
/// <param name="Id">The launch's id.</param>
/// <param name="Began">The press.</param>
/// <param name="Until">So far it is accounted for.</param>
/// <param name="Now">What it is since then.</param>
/// <param name="Receipt">How the launch goes.</param>
internal sealed record LessonDraft(string Id, TimeSpan Began, TimeSpan Until, LessonState Now, LaunchReceipt Receipt)
{
    public TimeSpan Open { get; init; }

    public TimeSpan WithPupil { get; init; }

    public TimeSpan Unwatched { get; init; }

    public TimeSpan NoCamera { get; init; }

    public TimeSpan NoMicrophone { get; init; }

    public TimeSpan Ours { get; init; }

    public TimeSpan FarSide { get; init; }

    public TimeSpan Network { get; init; }

    public TimeSpan Meeting { get; init; }

    public int Recoveries { get; init; }

    public QualityTally Sent { get; init; } = QualityTally.Empty;

    public QualityTally Received { get; init; } = QualityTally.Empty;

    internal TimeSpan Total => Until - Began;

    /// <summary>A lesson as it begins, or as an agent finds it that knows nothing of what was before: then that was unwatched.</summary>
    internal static LessonDraft Begin(Launch launch, LessonState state, TimeSpan at)
    {
        var draft = new LessonDraft(launch.Receipt.Id, launch.Pressed < at ? launch.Pressed : at, launch.Pressed < at ? launch.Pressed : at, new(LessonPhase.Unwatched), launch.Receipt);
        return (state.Phase is LessonPhase.Unwatched ? draft : draft with { Now = new(LessonPhase.Opening) }).To(state, launch.Receipt, at);
    }

    /// <summary>The same, accounted for until a moment.</summary>
    internal LessonDraft At(TimeSpan at)
    {
        var passed = at - Until;
        return passed <= TimeSpan.Zero ? this : this with
        {
            Until = at,
            Open = Open + If(Now.IsOpen), WithPupil = WithPupil + If(Now.Phase is LessonPhase.WithPupil), Unwatched = Unwatched + If(Now.Phase is LessonPhase.Unwatched),
            NoCamera = NoCamera + If(Now is { IsOpen: true, NoCamera: true }), NoMicrophone = NoMicrophone + If(Now is { IsOpen: true, NoMicrophone: true }),
            Ours = Ours + If(Now.Side is Side.Ours), FarSide = FarSide + If(Now.Side is Side.FarSide),
            Network = Network + If(Now.Side is Side.Network), Meeting = Meeting + If(Now.Side is Side.Meeting),
        };

        TimeSpan If(bool counts) => counts ? passed : TimeSpan.Zero;
    }

    /// <summary>It is something else from a moment on.</summary>
    internal LessonDraft To(LessonState state, LaunchReceipt receipt, TimeSpan at) => At(at) with
    {
        Now = state, Receipt = receipt, Recoveries = Recoveries + (state.Recovers && Now is { Recovers: false, Phase: not LessonPhase.Unwatched } ? 1 : 0),
    };

    /// <summary>Another agent takes it up: nobody knows what was since the last one wrote it down.</summary>
    internal LessonDraft TakenUp(TimeSpan at) => (this with { Now = new(LessonPhase.Unwatched) }).At(at);

    /// <summary>Some seconds of it were measured.</summary>
    internal LessonDraft With(QualitySample window) => !Now.IsOpen ? this : this with
    {
        Sent = Sent.With(QualityFigures.SentMos(window), window.SentSound, window.SentPicture, window.Seconds),
        Received = Received.With(QualityFigures.ReceivedMos(window), window.ReceivedSound, window.ReceivedPicture, window.Seconds),
    };

    /// <summary>It is over.</summary>
    /// <param name="fault">Why it ended, when nobody ended it.</param>
    /// <param name="end">UTC at <see cref="Until"/>.</param>
    internal LessonRecord End(string? fault, DateTimeOffset end)
    {
        var (verdict, reason) = LessonRules.Judge(this, fault);
        return new(
            Id, end - Total, end, verdict, reason,
            new(Minutes(Total), Minutes(Open), Minutes(WithPupil), Minutes(Unwatched), Minutes(NoCamera), Minutes(NoMicrophone)),
            new(Minutes(Ours), Minutes(FarSide), Minutes(Network), Minutes(Meeting)),
            Recoveries, Sent.Quality, Received.Quality, Receipt);
    }

    // To a hundredth, so half a second.
    private static double Minutes(TimeSpan time) => Math.Round(time.TotalMinutes, 2);
}
