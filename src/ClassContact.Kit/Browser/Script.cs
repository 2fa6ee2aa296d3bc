namespace ClassContact.Kit.Browser;

/// <summary>The scripts that run in the meeting's page; their files say what for.</summary>
internal static class Script
{
    private static readonly string HookFile = Read("hook.js");

    /// <param name="muted">The page's sound is held back from its first moment on.</param>
    public static string Hook(bool muted) => $"({HookFile})({Bool(muted)})";

    /// <summary>A value as scripts write it.</summary>
    public static string Bool(bool value) => value ? "true" : "false";

    public static string Adopt { get; } = Read("adopt.js");

    public static string Look { get; } = $"((counters) => {Read("look.js")})({Read("counters.js")})";

    public static string Heard { get; } = Read("heard.js");

    public static string Step { get; } = Read("step.js");

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Script).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().Trim();
    }
}
