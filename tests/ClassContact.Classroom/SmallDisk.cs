namespace ClassContact.Classroom;

/// <summary>The sandbox's disk of 64 kB.</summary>
public static class SmallDisk
{
    /// <summary>Where it is.</summary>
    public const string Folder = "/run/small-disk";

    private static string Filler => Path.Combine(Folder, "filler");

    /// <summary>Leaves no room on it.</summary>
    public static void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                filler.Write(new byte[1024]);
        }
        catch (IOException)
        {
            // Full, which is what was wanted.
        }
    }

    /// <summary>Gives the room back, if <see cref="Fill"/> took it.</summary>
    public static void MakeRoom() => File.Delete(Filler);
}
