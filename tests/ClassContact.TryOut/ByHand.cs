using System.Diagnostics;
using ClassContact.Classroom;

namespace ClassContact.TryOut;

/// <summary>The kit as the helpdesk sees it, and the teacher's keys in this terminal.</summary>
internal static class ByHand
{
    /// <summary>Runs until <c>q</c>.</summary>
    public static async Task<int> Run(string folder)
    {
        var window = Environment.GetEnvironmentVariable("DISPLAY") is not null;
        Console.WriteLine("Starting a whole kit: broker, meeting, sound, browser, agent…");
        await using var kit = await WholeKit.Start(folder, display: window ? "window" : "virtual");
        Console.WriteLine($"""

            s start   e end (within 3 s, s takes it back)   p the pupil joins or leaves
            m mutes the class or opens the microphone again   h calls the helpdesk
            x keeps a picture of the kit's screen{(window ? "" : " (no display here)")}   q quit
            Camera and speakerphone are virtual ones. Everything else is real.
            The command: {AgentProcess.Program}
            Every message: mosquitto_sub -p {kit.Broker.Port} -t 'classcontact/#' -v
            Logs and pictures: {folder}

            """);
        using var watch = Process.Start(AgentProcess.Program, ["watch", "--broker", "127.0.0.1", "--port", $"{kit.Broker.Port}"]);
        try
        {
            while (await Task.Run(() => Console.ReadKey(intercept: true)) is { KeyChar: not 'q' and not (char)3 } key)
                await Do(kit, key.KeyChar);
        }
        finally
        {
            watch.Kill();
            await watch.WaitForExitAsync();
        }
        return 0;
    }

    private static async Task Do(WholeKit kit, char key)
    {
        switch (key)
        {
            case 's':
                await kit.Agent.Command("press", "start");
                break;
            case 'e':
                await kit.Agent.Command("press", "end");
                break;
            case 'm':
                await kit.Agent.Command("press", "mute");
                break;
            case 'h':
                await kit.Agent.Command("press", "help");
                break;
            case 'p':
                await (kit.Pupil is null ? kit.PupilJoins() : kit.PupilLeaves());
                break;
            case 'x':
                await kit.Kiosk.Screenshot(Path.Combine(kit.Folder, "screens", $"{DateTime.UtcNow:HHmmss}.png"));
                break;
        }
    }
}
