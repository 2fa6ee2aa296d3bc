using ClassContact.Messages;

namespace ClassContact.Kit.Quality;

/// <summary>A sample as figures, sent and received apart: <c>classcontact.call.video.received.fps</c>. What is not known is not among them.</summary>
public static class QualityFigures
{
    /// <summary>So long is what the helpdesk gets in one go, and what a lesson's worst and median are of.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private const string Prefix = "classcontact.call.";

    private static readonly string[] Causes = [".encoded", ".dropped", ".resends", ".restarts", ".packets_received"];

    /// <summary>As a level: nothing at all. 16 bits end at -96 dB.</summary>
    private const double Silence = -100;

    /// <summary>The figures of a sample.</summary>
    public static IEnumerable<Measure> Of(QualitySample sample) =>
        from figure in All(sample)
        where figure.Value is { } value && double.IsFinite(value)
        select new Measure(Prefix + figure.Name, Math.Round(figure.Value!.Value, Digits(figure.Unit)), figure.Unit);

    /// <summary>Whether a figure tells what the child sees and hears; the others tell why, and a line that counts every byte has them less often.</summary>
    public static bool IsOfTheChild(Measure figure) =>
        figure.Name.StartsWith(Prefix, StringComparison.Ordinal) && !Causes.Any(cause => figure.Name.EndsWith(cause, StringComparison.Ordinal));

    /// <summary>What people would think of the class's sound.</summary>
    internal static double? SentMos(QualitySample s) => Mos.Of(RoundTrip(s), Thousand(s.SentSound?.Jitter), Loss(s.SentSound, isSent: true));

    /// <summary>What people would think of the pupil's sound.</summary>
    internal static double? ReceivedMos(QualitySample s) => Mos.Of(RoundTrip(s), Thousand(s.ReceivedSound?.Jitter), Loss(s.ReceivedSound, isSent: false));

    /// <summary>Frames a second.</summary>
    internal static double? Fps(StreamCounters? stream, double seconds) => stream?.Frames / seconds;

    private static IEnumerable<(string Name, double? Value, string Unit)> All(QualitySample s) =>
    [
        .. Stream("audio.sent", s.SentSound, s.Seconds, isSent: true), .. Stream("audio.received", s.ReceivedSound, s.Seconds, isSent: false),
        .. Stream("video.sent", s.SentPicture, s.Seconds, isSent: true), .. Stream("video.received", s.ReceivedPicture, s.Seconds, isSent: false),
        .. Sound("audio.sent", s.SentSound, SentMos(s)), .. Sound("audio.received", s.ReceivedSound, ReceivedMos(s)),
        .. Picture("video.sent", s.SentPicture, s.Seconds), .. Picture("video.received", s.ReceivedPicture, s.Seconds),
        ("rtt", RoundTrip(s), "ms"),
        ("path.relay", YesNo(s.Relay), "1"),
        ("path.tcp", YesNo(s.Tcp), "1"),
    ];

    private static (string Name, double? Value, string Unit)[] Stream(string name, StreamCounters? of, double seconds, bool isSent) =>
    [
        ($"{name}.bitrate", of?.Bytes * 8 / seconds, "bit/s"),
        ($"{name}.jitter", Thousand(of?.Jitter), "ms"),
        ($"{name}.loss", Loss(of, isSent), "%"),
    ];

    private static (string Name, double? Value, string Unit)[] Sound(string name, StreamCounters? of, double? mos) =>
    [
        ($"{name}.level", Level(of), "dB"),
        ($"{name}.mos", mos, "1"),
        ($"{name}.concealed", Share(of?.Concealed, of?.Samples), "%"),
    ];

    private static (string Name, double? Value, string Unit)[] Picture(string name, StreamCounters? of, double seconds) =>
    [
        ($"{name}.fps", Fps(of, seconds), "{frame}/s"),
        ($"{name}.encoded", of?.Encoded / seconds, "{frame}/s"),
        ($"{name}.dropped", of?.Dropped, "{frame}"),
        ($"{name}.width", of?.Width, "{pixel}"),
        ($"{name}.height", of?.Height, "{pixel}"),
        ($"{name}.freezes", of?.Freezes, "{freeze}"),
        ($"{name}.frozen", Thousand(of?.Frozen), "ms"),
        ($"{name}.resends", of?.Resends, "{packet}"),
        ($"{name}.restarts", of?.Restarts, "{request}"),
    ];

    // No more than the figure is worth: a class sends one every quarter of a second.
    private static int Digits(string unit) => unit switch { "bit/s" => 0, "ms" or "dB" or "{frame}/s" => 1, _ => 2 };

    // Of what was sent: a received count is without what was lost.
    private static double? Loss(StreamCounters? of, bool isSent) => Share(of?.Lost, isSent ? of?.Packets : of?.Packets + of?.Lost);

    private static double? Share(double? part, double? whole) => whole > 0 ? Math.Clamp(100 * part / whole ?? double.NaN, 0, 100) : null;

    private static double? Level(StreamCounters? of) =>
        of is not { Energy: { } energy, Heard: > 0 and var heard } ? null : energy <= 0 ? Silence : Math.Clamp(10 * Math.Log10(energy / heard), Silence, 0);

    // The longest of what the connections' own checks and the ends' reports say: they differ where a server stands between.
    private static double? RoundTrip(QualitySample s) => Thousand(new[] { s.RoundTrip, s.SentSound?.RoundTrip, s.SentPicture?.RoundTrip }.Max());

    private static double? Thousand(double? seconds) => 1000 * seconds;

    private static double? YesNo(bool? value) => value is null ? null : value.Value ? 1 : 0;
}
