using ClassContact.Kit.Quality;
using ClassContact.Messages;

namespace ClassContact.Kit.Lesson;

/// <summary>One direction's quality so far.</summary>
internal sealed record QualityTally(Tally Sound, Tally Fps, Tally Lines)
{
    internal static QualityTally Empty { get; } = new(Tally.Scores, Tally.Frames, Tally.Lines);

    /// <summary>What an earlier agent wrote can be counted with.</summary>
    internal bool IsSound => Sound.IsSound && Fps.IsSound && Lines.IsSound;

    internal LessonQuality? Quality =>
        (Sound.Range, Fps.Range, Lines.Range) is var (sound, fps, lines) && (sound ?? fps ?? lines) is not null ? new(sound, fps, lines) : null;

    // What did not flow, because a pupil has muted it or is not there, is no bad quality; an outage is told by the minutes lost.
    internal QualityTally With(double? mos, StreamCounters? sound, StreamCounters? picture, double seconds) => new(
        sound?.Packets > 0 ? Sound.With(mos) : Sound,
        picture?.Packets > 0 ? Fps.With(QualityFigures.Fps(picture, seconds)) : Fps,
        picture?.Packets > 0 ? Lines.With(picture.Height) : Lines);
}
