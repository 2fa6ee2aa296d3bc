namespace ClassContact.Classroom.Trials.Recovery;

/// <summary>A class that a fault is tried on: a whole kit, a pupil, and somebody at each end who writes down what comes.</summary>
public sealed class Scene : IAsyncDisposable
{
    /// <summary>Clicked nowhere, pressed by nobody: this key on the kiosk's screen sends Janus's page into an endless loop.</summary>
    private const string Loop = "addEventListener('keydown', (e) => { if (e.key === 'F9') for (;;); }, true);";

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3); // figures and looks have begun
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private Scene(WholeKit kit) => (Kit, Told, Pupil) = (kit, KitDiary.Of(kit), PupilDiary.Of(kit));

    /// <summary>The kit.</summary>
    public WholeKit Kit { get; }

    /// <summary>What it tells.</summary>
    public KitDiary Told { get; }

    /// <summary>What the pupil has of the class.</summary>
    public PupilDiary Pupil { get; }

    /// <summary>How many times the meeting had been opened when the fault came.</summary>
    public int AttemptsBefore { get; private set; }

    /// <summary>Sets everything up, with the pupil in the room and the kit at standby; Janus unless another meeting is opened.</summary>
    public static async Task<Scene> Set(string folder, bool clockCanBeSet = false, Func<Task<IMeeting>>? open = null)
    {
        var scene = new Scene(await WholeKit.Start(folder, inThePage: Loop, network: true, clockCanBeSet: clockCanBeSet, open: open));
        try
        {
            await scene.Is("standby");
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>A class with the pupil, on a press of its own, that has gone on for some seconds.</summary>
    /// <exception cref="TimeoutException">It did not come to be.</exception>
    public async Task Begin()
    {
        await Kit.Agent.Ask("start");
        await Is("open", "with-pupil");
        if (Kit.Pupil is null)
            await Kit.PupilJoins();
        await Is("with-pupil");
        if (await Pupil.Both(Moment.Now, WaitFor.Generous) is null)
            throw new TimeoutException("the pupil got nothing of the class");
        await Task.Delay(Settled);
        AttemptsBefore = Told.Last!.Attempts;
    }

    /// <summary>Ends it.</summary>
    public async Task End()
    {
        await Kit.Agent.Ask("end");
        await Is("standby");
    }

    /// <summary>Another pupil, who has just come, instead of the one there was.</summary>
    public async Task AnotherPupil()
    {
        await Kit.PupilLeaves();
        await Kit.PupilJoins();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Told.DisposeAsync();
        await Pupil.DisposeAsync();
        await Kit.DisposeAsync();
    }

    private async Task Is(params string[] states)
    {
        if (await Told.First(Moment.Now, t => states.Contains(t.State), Patience) is null)
            throw new TimeoutException($"waited {Patience.TotalSeconds} s for {string.Join(" or ", states)}; last told: {Told.Last}");
    }
}
