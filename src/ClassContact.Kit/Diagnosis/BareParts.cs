using System.Runtime.Versioning;
using ClassContact.Kit.Browser;
using ClassContact.Kit.CallButton;
using ClassContact.Kit.Keys;
using ClassContact.Kit.Settings;

namespace ClassContact.Kit.Diagnosis;

/// <summary>
/// What can be seen of the kit's other parts while no agent runs, without taking anything from the next one: a browser holds its pipe, and keyboards
/// are opened and closed again.
/// </summary>
[SupportedOSPlatform("linux")]
public static class BareParts
{
    /// <summary>The parts of a kit.</summary>
    public static KitParts Of(Setup setup) => new(() => BrowserIsThere(setup.Folders.Kiosk), () => Keyboards(setup.Kit.Keys ?? new(), setup.Folders.Input))
    {
        CallButtonTrouble = () => File.Exists(setup.Kit.CallButton?.Port) ? BoxTrouble.NotAsked : BoxTrouble.Missing,
    };

    // Whether it answers nobody can say without being its controller; that it holds the pipe is next to it.
    private static bool BrowserIsThere(string kiosk)
    {
        try
        {
            using var pipe = Fifo.ToBrowser(Path.Combine(kiosk, "cdp.in"));
            return pipe is not null;
        }
        catch (UnauthorizedAccessException)
        {
            throw new UnseenException();
        }
    }

    private static int Keyboards(KeySettings keys, string folder)
    {
        var opener = new EvdevOpener(Chord.Parse(keys.Start), Chord.Parse(keys.End), keys.Keyboard);
        var (ready, denied) = (0, 0);
        foreach (var node in Nodes(folder))
        {
            var opening = opener.Open(node);
            if (opening is Opening.Ready(var device))
            {
                device.Dispose();
                ready++;
            }
            denied += opening is Opening.NoPermission ? 1 : 0;
        }
        return ready == 0 && denied > 0 ? throw new UnseenException() : ready;
    }

    private static string[] Nodes(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetFiles(folder, "event*") : [];
        }
        catch (UnauthorizedAccessException)
        {
            throw new UnseenException();
        }
    }
}
