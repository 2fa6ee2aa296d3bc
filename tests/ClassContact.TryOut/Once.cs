using System.Diagnostics;
using System.Text.Json;
using ClassContact.Classroom;

namespace ClassContact.TryOut;

/// <summary>The whole way without a person: start, open, the pupil comes and goes, end.</summary>
internal static class Once
{
    private static readonly TimeSpan TogetherFor = TimeSpan.FromSeconds(10);

    /// <summary>Returns the exit code; the last line says how it went.</summary>
    public static async Task<int> Run(string folder)
    {
        var milestone = "setting up";
        try
        {
            await using var kit = await WholeKit.Start(folder, secret: Guid.NewGuid().ToString("N"));
            await Play(kit, name => Console.WriteLine($"--- {milestone = name}"));
            Console.WriteLine("try: ok");
            return 0;
        }
        catch (Exception e)
        {
            Console.WriteLine($"Logs: {folder}");
            Console.WriteLine($"try: failed at {milestone}: {e.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }

    private static async Task Play(WholeKit kit, Action<string> at)
    {
        at("standby");
        await kit.Reaches("standby");
        await WaitFor.That("the standby page", async () => (await kit.Agent.Status())?.TryGetProperty("browser", out _), there => there == true);
        await Picture(kit, "standby");

        at("start");
        await Press(kit, "start");
        at("open while alone");
        await kit.Reaches("open");
        await Picture(kit, "open");

        at("the pupil joins");
        await kit.PupilJoins();
        await kit.Reaches("with-pupil");
        await StaysWithPupil(kit);
        await Picture(kit, "call");
        Receipt((await kit.Agent.Status())!.Value.GetProperty("call").GetProperty("receipt"));

        at("the pupil leaves");
        await kit.PupilLeaves();
        await kit.Reaches("open");

        at("what the broker keeps, as mosquitto_sub reads it");
        foreach (var line in await kit.Retained())
            Console.WriteLine(line);

        at("end");
        await Press(kit, "end");
        await kit.Reaches("standby");
        foreach (var line in (await kit.Retained()).Where(l => l.Contains("/call ", StringComparison.Ordinal)))
            Console.WriteLine(line);
        Console.WriteLine($"Screenshots: {Path.Combine(kit.Folder, "screens")}");
    }

    private static async Task StaysWithPupil(WholeKit kit)
    {
        var watch = Stopwatch.StartNew();
        var before = await kit.Pupil!.Received();
        while (watch.Elapsed < TogetherFor)
        {
            var state = (await kit.Agent.Status())?.GetProperty("call").GetProperty("state").GetString();
            if (state != "with-pupil")
                throw new InvalidOperationException($"the pupil was there, yet the call went to '{state}'");
        }
        var received = await kit.Pupil.Received() - before;
        Console.WriteLine($"WithPupil for {TogetherFor.TotalSeconds} s; meanwhile the pupil received {received} packets of the class");
        if (received < 100)
            throw new InvalidOperationException("the pupil does not receive the class");
    }

    private static async Task Press(WholeKit kit, string action)
    {
        var (code, output) = await kit.Agent.Command("press", action);
        if (code != 0)
            throw new InvalidOperationException($"press {action} ended with {code}: {output}");
    }

    private static async Task Picture(WholeKit kit, string name)
    {
        await Task.Delay(TimeSpan.FromSeconds(1)); // for the eye, not for luck: nothing is judged by the picture
        await kit.Kiosk.Screenshot(Path.Combine(kit.Folder, "screens", name + ".png"));
    }

    private static void Receipt(JsonElement receipt)
    {
        Console.WriteLine("Launch receipt, ms from the press:");
        foreach (var milestone in new[] { "browserReady", "pageLoaded", "cameraOpen", "microphoneOpen", "joined", "firstRemoteMedia" })
            Console.WriteLine($"  {milestone,-18}{(receipt.TryGetProperty(milestone, out var ms) ? ms.GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture) : "not reached"),8}");
    }
}
