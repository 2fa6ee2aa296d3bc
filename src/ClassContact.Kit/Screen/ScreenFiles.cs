namespace ClassContact.Kit.Screen;

/// <summary>The page and the script that show the views.</summary>
public static class ScreenFiles
{
    /// <summary>The standby page as built into the folder of the program: <c>screen/standby.html</c>. It defines <c>show(view)</c>.</summary>
    public static string StandbyPage => Path.Combine(AppContext.BaseDirectory, "screen", "standby.html");

    /// <summary>To be evaluated in an isolated world of the meeting's page; defines <c>classcontactOverlay(view or null)</c> there and removes what
    /// an earlier agent may have left. Safe to repeat.</summary>
    public static string Overlay { get; } = Read("overlay.js");

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ScreenFiles).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
