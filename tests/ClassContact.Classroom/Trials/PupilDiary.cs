using ClassContact.Kit.Browser;

namespace ClassContact.Classroom.Trials;

/// <summary>Writes down when the class's picture and sound came to the pupil: proof from outside of what the kit tells.</summary>
public sealed class PupilDiary : IAsyncDisposable
{
    /// <summary>Without a new frame, or a packet of sound, for longer than this, the pupil had none. A slow picture is no lost one.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(150);

    private readonly Lock gate = new();
    private readonly List<TimeSpan> picture = [], sound = [];
    private readonly CancellationTokenSource stop = new();
    private readonly WholeKit kit;
    private readonly Task writing;

    private PupilDiary(WholeKit kit)
    {
        this.kit = kit;
        writing = Task.Run(Write);
    }

    /// <summary>Begins; the pupil may come later, and another one may follow.</summary>
    public static PupilDiary Of(WholeKit kit) => new(kit);

    /// <summary>When picture and sound of the class had both come anew since a moment; null when they had not until the deadline.</summary>
    public async Task<TimeSpan?> Both(TimeSpan from, TimeSpan within)
    {
        while (true)
        {
            lock (gate)
            {
                // Counters are read in steps: what is counted first after the moment may be from before it.
                var (seen, heard) = (Second(picture), Second(sound));
                if (seen is not null && heard is not null)
                    return seen > heard ? seen : heard;
            }
            if (Moment.Now > from + within)
                return null;
            await Task.Delay(Pace / 2);
        }

        TimeSpan? Second(List<TimeSpan> at) => at.Where(t => t > from).Skip(1).Select(t => (TimeSpan?)t).FirstOrDefault();
    }

    /// <summary>The longest time in a stretch in which no new picture came.</summary>
    public TimeSpan LongestStill(Stretch time)
    {
        lock (gate)
            return Gaps(picture, time, TimeSpan.Zero).Select(g => g.Length).DefaultIfEmpty(TimeSpan.Zero).Max();
    }

    /// <summary>When the pupil had no picture in a stretch of time.</summary>
    public IReadOnlyList<Stretch> WithoutPicture(Stretch time)
    {
        lock (gate)
            return [.. Gaps(picture, time, Pause)];
    }

    /// <summary>When the pupil had no sound in a stretch of time.</summary>
    public IReadOnlyList<Stretch> WithoutSound(Stretch time)
    {
        lock (gate)
            return [.. Gaps(sound, time, Pause)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await writing;
        stop.Dispose();
    }

    private static IEnumerable<Stretch> Gaps(List<TimeSpan> at, Stretch time, TimeSpan longer)
    {
        var last = at.LastOrDefault(t => t <= time.From, time.From);
        foreach (var next in at.Where(t => t > time.From && t < time.To).Append(time.To))
        {
            var gap = new Stretch(last > time.From ? last : time.From, next);
            if (next - last > longer)
                yield return gap;
            last = next;
        }
    }

    private async Task Write()
    {
        Reception? last = null;
        while (!stop.IsCancellationRequested)
        {
            var now = await Look();
            if (now is not null && last is not null)
            {
                lock (gate)
                {
                    if (now.Frames > last.Frames)
                        picture.Add(Moment.Now);
                    if (now.SoundPackets > last.SoundPackets)
                        sound.Add(Moment.Now);
                }
            }
            last = now ?? last;
            await Task.Delay(Pace, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Reception?> Look()
    {
        try
        {
            return kit.Pupil is { } pupil ? await pupil.Receives().WaitAsync(TimeSpan.FromSeconds(1)) : null;
        }
        catch (Exception e) when (e is DevToolsException or IOException or TimeoutException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            return null; // the pupil is on the way, has gone, or stands still
        }
    }
}
