namespace ClassContact.Classroom.Trials.Recovery;

/// <summary>Tries a row of the table of faults so many times, each in a class of its own.</summary>
public static class RecoveryTrial
{
    /// <summary>The longest row lasts for five minutes, and gives as much again to what should come back.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs the tries; what goes wrong in one is told in it, and the others follow on a fresh kit.</summary>
    /// <param name="row">The fault.</param>
    /// <param name="tries">How often.</param>
    /// <param name="folder">For logs and pictures.</param>
    /// <param name="tell">Is told of each try.</param>
    public static async Task<IReadOnlyList<Try>> Run(RecoveryRow row, int tries, string folder, Action<Try> tell)
    {
        var done = new List<Try>();
        Scene? scene = null;
        try
        {
            while (done.Count < tries)
            {
                var at = Directory.CreateDirectory(Path.Combine(folder, $"{row.Name}-{done.Count + 1}")).FullName;
                var tried = await One(row, async () => scene ??= await Scene.Set(at, row.ClockJumps));
                done.Add(tried);
                tell(tried);
                if (row.Problem(tried) is null && scene is not null && await Ends(scene))
                    continue;
                await Drop(scene, at);
                scene = null;
            }
            return done;
        }
        finally
        {
            if (scene is not null)
                await scene.DisposeAsync();
        }
    }

    private static async Task<Try> One(RecoveryRow row, Func<Task<Scene>> set)
    {
        try
        {
            var scene = await set();
            await scene.Begin();
            return await row.Run(scene).WaitAsync(Limit);
        }
        catch (Exception e) when (e is TimeoutException or IOException or InvalidOperationException)
        {
            return new(Failed: e.Message.ReplaceLineEndings(" "));
        }
    }

    private static async Task<bool> Ends(Scene scene)
    {
        try
        {
            await scene.End();
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task Drop(Scene? scene, string folder)
    {
        if (scene is null)
            return;
        await scene.Kit.Kiosk.Screenshot(Path.Combine(folder, "failed.png")).ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var log in Directory.EnumerateFiles(scene.Kit.Agent.Logs))
            File.Copy(log, Path.Combine(folder, Path.GetFileName(log)), overwrite: true);
        await scene.DisposeAsync();
    }
}
