namespace ClassContact.Classroom;

/// <summary>Where a test keeps logs and screenshots. <c>tests/run</c> shows the folder when a test failed and empties it when none did.</summary>
public static class Artifacts
{
    private static readonly string Root =
        Environment.GetEnvironmentVariable("CLASSCONTACT_ARTIFACTS") ?? Directory.CreateTempSubdirectory("classroom-").FullName;

    /// <summary>The folder of one test, made when it is not there.</summary>
    public static string Folder(string test) => Directory.CreateDirectory(Path.Combine(Root, test)).FullName;
}
