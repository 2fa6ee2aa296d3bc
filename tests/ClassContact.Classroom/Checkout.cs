namespace ClassContact.Classroom;

/// <summary>The checkout that the running tests were built from.</summary>
public static class Checkout
{
    /// <summary>Its root folder.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The full path of one of the scripts in <c>packaging/linux</c>.</summary>
    public static string Packaging(string script) => Path.Combine(Root, "packaging", "linux", script);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ClassContact.Agent.sln")) ? folder
        : Path.GetDirectoryName(folder) is { } parent ? Find(parent)
        : throw new DirectoryNotFoundException($"no checkout above {AppContext.BaseDirectory}");
}
