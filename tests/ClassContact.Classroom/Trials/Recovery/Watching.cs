namespace ClassContact.Classroom.Trials.Recovery;

/// <summary>What must happen after a fault, in the three forms that there are.</summary>
internal static class Watching
{
    private static readonly TimeSpan ToNotice = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan ToReturn = TimeSpan.FromSeconds(75);

    /// <summary>It breaks the class, and the class comes back by itself.</summary>
    public static async Task<Try> Breaks(this Scene scene, Func<Task> fault)
    {
        var at = Moment.Now;
        await fault();
        var noticed = await scene.Told.First(at, t => IsTrouble(scene, t), ToNotice);
        return noticed is null ? new(Failed: "not noticed") : await Back(scene, at, at, noticed.Value);
    }

    /// <summary>It lasts for a time, during which the kit tells of it, and the class comes back after its end.</summary>
    public static async Task<Try> Lasts(this Scene scene, Func<Task> fault, TimeSpan time, Func<Task> mend)
    {
        var at = Moment.Now;
        await fault();
        await Task.Delay(time);
        await mend();
        var mended = Moment.Now;
        var noticed = await scene.Told.First(at, t => IsTrouble(scene, t), TimeSpan.Zero) ?? await scene.Told.First(mended, t => IsTrouble(scene, t), ToNotice);
        return noticed is null ? new(Failed: "not noticed") : await Back(scene, at, mended, noticed.Value);
    }

    /// <summary>Nothing is restarted by it, and the class goes on as soon as it is over.</summary>
    public static async Task<Try> Passes(this Scene scene, Func<Task> fault, TimeSpan time, Func<Task> mend)
    {
        var at = Moment.Now;
        await fault();
        await Task.Delay(time);
        await mend();
        var mended = Moment.Now;
        var seen = await scene.Pupil.Both(mended, ToReturn);
        var open = await scene.Told.First(mended, IsWell, ToReturn);
        var restarted = scene.Told.In(new(at, Moment.Now)).Any(t => t.Attempts > scene.AttemptsBefore);
        return new(null, null, seen - mended, restarted ? "restarted" : seen is null ? "nothing came to the pupil again" : open is null ? "not told as open" : null);
    }

    /// <summary>The class is open as it should be, with the pupil.</summary>
    public static bool IsWell(Told told) => told is { State: "with-pupil", Missing: "", Cause: null };

    private static bool IsTrouble(Scene scene, Told told) => told.State is not null && (!told.IsOpen || told.Missing != "" || told.Attempts > scene.AttemptsBefore);

    private static async Task<Try> Back(Scene scene, TimeSpan at, TimeSpan counted, TimeSpan noticed)
    {
        var from = noticed > counted ? noticed : counted;
        var open = await scene.Told.First(from, t => t.IsOpen && t is { Missing: "", Cause: null }, ToReturn);
        var seen = await scene.Pupil.Both(from, ToReturn);
        return new(noticed - at, open - counted, seen - counted, open is null ? "not open again" : seen is null ? "nothing came to the pupil again" : null);
    }
}
