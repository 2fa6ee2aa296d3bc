namespace ClassContact.Kit.Screen;

/// <summary>The page and the script that show the views.</summary>
public static class ScreenFiles
{
    /// <summary>The standby page as built into the folder of the program: <c>screen/standby.html</c>. It defines <c>show(view)</c>.</summary>
    public static string StandbyPage => Path.Combine(AppContext.BaseDirectory, "screen", "standby.html");

    /// <summary>The technician's page, beside the standby page: the one folder that the browser's policy lets it open.</summary>
    internal static string DoorBeside(string standby) => new Uri(new Uri(standby), "door.html").AbsoluteUri;

    /// <summary>To be evaluated in an isolated world of the standby page and of the technician's; defines <c>classcontactDoor</c> there. Safe to repeat.</summary>
    public static string Door { get; } = Read("door.js");

    /// <summary>To be evaluated in an isolated world of the meeting's page; defines <c>classcontactOverlay(view or null)</c> there and removes what
    /// an earlier agent may have left. Safe to repeat.</summary>
    public static string Overlay { get; } = Read("overlay.js");

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ScreenFiles).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
