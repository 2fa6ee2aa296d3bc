namespace ClassContact.Classroom.VecteraStandIn;

/// <summary>What the stand-in serves.</summary>
internal static class StandInPage
{
    public static string Room { get; } = Read("room.html");

    public static string Script { get; } = Read("room.js");

    /// <summary>Of a network that wants a password first.</summary>
    public const string Login = """<!doctype html><title>Login</title><form><input type="password"><button>Login</button></form>""";

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(StandInPage).Assembly.GetManifestResourceStream($"vectera-stand-in/{name}")!);
        return reader.ReadToEnd();
    }
}
