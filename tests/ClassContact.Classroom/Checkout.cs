namespace ClassContact.Classroom;

/// <summary>The checkout that the running tests were built from.</summary>
public static class Checkout
{
    /// <summary>Its root folder.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The full path of one of the scripts in <c>packaging/linux</c>.</summary>
    public static string Packaging(string script) => Path.Combine(Root, "packaging", "linux", script);

    /// <summary>A program of this checkout, from the same libraries and build configuration as the running one.</summary>
    /// <param name="under"><c>src</c> or <c>tests</c>.</param>
    /// <param name="project">The project.</param>
    /// <param name="program">Its program, when that has another name.</param>
    public static string Built(string under, string project, string? program = null) => Path.Combine(Root, under, project, Below("bin"), program ?? project);

    // The part of the running program's folder from "bin" on: bin/Debug/net10.0, or with other libraries bin/Named/Debug/net10.0.
    private static string Below(string name)
    {
        var parts = AppContext.BaseDirectory.TrimEnd('/').Split('/');
        return string.Join('/', parts[Array.LastIndexOf(parts, name)..]);
    }

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ClassContact.Agent.sln")) ? folder
        : Path.GetDirectoryName(folder) is { } parent ? Find(parent)
        : throw new DirectoryNotFoundException($"no checkout above {AppContext.BaseDirectory}");
}
