using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Settings;

/// <summary>Writes a kit's settings as a person would: what was left out stays out. Comments of the file before are lost.</summary>
public static class SettingsWriter
{
    private static readonly SettingsJson Json = new(new JsonSerializerOptions(SettingsJson.Default.Options)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true, // what is reckoned from the settings is none
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a school's accents stay readable; no page reads this
    });

    /// <summary>The settings as they stand in the file, with relative paths left as they are; no value and no problem where there is no file.</summary>
    /// <param name="path">The settings file.</param>
    public static Checked<KitSettings> Read(string path)
    {
        if (!File.Exists(path))
            return new(null, []);
        var read = SettingsFile.Read(path, SettingsJson.Default.KitSettings, _ => []);
        return read;
    }

    /// <summary>What is wrong with settings that are to be written.</summary>
    /// <param name="path">The settings file.</param>
    /// <param name="kit">The settings.</param>
    public static IReadOnlyList<Problem> Problems(string path, KitSettings kit) =>
        [.. kit.In(Path.GetDirectoryName(Path.GetFullPath(path))!).Problems().Select(text => Of(path, text))];

    /// <summary>Checks the settings and writes the file, whole or not at all; what was there before is kept beside it as <c>.old</c>.</summary>
    /// <param name="path">The settings file.</param>
    /// <param name="kit">The settings.</param>
    /// <returns>What is wrong; nothing was written then.</returns>
    /// <exception cref="IOException">The disk is full or broken; the file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static IReadOnlyList<Problem> Write(string path, KitSettings kit)
    {
        var problems = Problems(path, kit);
        if (problems.Count > 0)
            return problems;
        var text = JsonSerializer.SerializeToUtf8Bytes(kit, Json.KitSettings);
        const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead; // no secret stands in it
        if (File.Exists(path) && !File.ReadAllBytes(path).AsSpan().SequenceEqual(text))
            WholeFile.Write(path + ".old", File.ReadAllBytes(path), All);
        WholeFile.Write(path, text, All);
        return [];
    }

    private static Problem Of(string path, string text) =>
        text.IndexOf(' ') is var i and > 0 ? new(path, null, text[..i], text[(i + 1)..]) : new(path, null, "", text);
}
