using System.Runtime.Versioning;
using System.Text;
using ClassContact.Kit.Settings;

namespace ClassContact.Kit.Tests.Settings;

/// <summary>A folder with a good kit in it, to be broken by the test; gone with all in it when disposed.</summary>
[SupportedOSPlatform("linux")]
internal sealed class SettingsFolder : IDisposable
{
    public const string Kit = """
        {
          "kit": "kit-0042",
          "school": "École du Parc",
          "room": "Local 12",
          "meeting": { "description": "meeting.json", "linkFile": "link" }
        }
        """;

    /// <summary>The good kit with more in it, from line 6 on.</summary>
    public static string KitWith(string more) => Kit[..Kit.LastIndexOf('}')].TrimEnd() + ",\n" + more + "\n}";

    public const string Meeting = """{ "name": "vectera", "hosts": ["www.vectera.com"] }""";

    public const string Link = "https://www.vectera.com/meet/team/room/?key=aVerySecretAccessKey";

    public SettingsFolder()
    {
        // Another user must be able to reach the files, or nothing could be said about their own permissions.
        System.IO.File.SetUnixFileMode(Path, (UnixFileMode)0b111_101_101);
        Write("kit.json", Kit);
        Write("meeting.json", Meeting);
        WriteLink(Link);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("classcontact-settings-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public void Write(string name, byte[] bytes) => System.IO.File.WriteAllBytes(File(name), bytes);

    public void WriteLink(string text, int mode = 0b110_000_000)
    {
        Write("link", text);
        System.IO.File.SetUnixFileMode(File("link"), (UnixFileMode)mode);
    }

    /// <summary>Reads the kit; the problems as people see them, without the folder's name.</summary>
    public IReadOnlyList<string> Problems() =>
        [.. Setup.Read(File("kit.json")).Problems.Select(p => p.ToString().Replace(Path + "/", "", StringComparison.Ordinal))];

    /// <summary>The problems of this text as a kit's settings.</summary>
    public static IReadOnlyList<string> ProblemsOf(string kit) => ProblemsOf(Encoding.UTF8.GetBytes(kit));

    public static IReadOnlyList<string> ProblemsOf(byte[] kit)
    {
        using var folder = new SettingsFolder();
        folder.Write("kit.json", kit);
        return folder.Problems();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
