namespace ClassContact.Mqtt.Ways;

/// <summary>The name and the password for a proxy. They come from a file alone, and go nowhere but to the proxy.</summary>
internal static class ProxyLogin
{
    private const int Longest = 512;

    /// <summary>"name:password"; or what is wrong with the file, without a word of what stands in it.</summary>
    internal static (string? Login, string? Problem) Read(string path)
    {
        if (BrokerSettings.IsAddress(path))
            return (null, "must be a file's name, not an address");
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) is not UnixFileMode.None and var more)
                return (null, $"'{path}' must be readable by its owner alone (it also allows {more}): chmod 600 {path}");
            if (new FileInfo(path).Length is 0 or > Longest)
                return (null, $"'{path}' is empty, no ordinary file, or longer than {Longest} bytes");
            var login = File.ReadAllText(path).Trim();
            return login.IndexOf(':', StringComparison.Ordinal) < 1 || login.Any(char.IsControl)
                ? (null, $"'{path}' must hold one line name:password and nothing else")
                : (login, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, $"'{path}' cannot be read: {(e is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : e.GetType().Name)}");
        }
    }
}
