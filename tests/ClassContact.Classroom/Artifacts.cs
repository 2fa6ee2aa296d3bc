namespace ClassContact.Classroom;

/// <summary>Where a test keeps logs and screenshots. <c>tests/run</c> shows the folder when a test failed and empties it when none did.</summary>
public static class Artifacts
{
    private static readonly string Root =
        Environment.GetEnvironmentVariable("CLASSCONTACT_ARTIFACTS") ?? Directory.CreateTempSubdirectory("classroom-").FullName;

    /// <summary>A new folder for a test; those of the same name, as a theory's rows, are numbered.</summary>
    public static string Folder(string test)
    {
        var path = Path.Combine(Root, test);
        for (var number = 2; Directory.Exists(path); number++)
            path = Path.Combine(Root, $"{test}-{number}");
        return Directory.CreateDirectory(path).FullName;
    }
}
