using System.Text.Json;
using ClassContact.Kit.Tools;
using ClassContact.Messages;

namespace ClassContact.Kit.Diagnosis;

/// <summary>The last whole diagnosis of this kit, on its disk for whoever helps later.</summary>
public static class LastDiagnosis
{
    private const string Name = "diagnosis.json";
    private const int Longest = 256 * 1024;

    /// <summary>A diagnosis as it is sent and kept.</summary>
    /// <param name="results">What was found.</param>
    /// <param name="began">When it began, UTC by the kit's clock.</param>
    /// <param name="took">How long it took.</param>
    public static Selftest Of(IReadOnlyList<CheckResult> results, DateTimeOffset began, TimeSpan took) => new(
        began, Math.Round(took.TotalSeconds, 1), !results.Any(result => result.StandsInTheWay), [.. results.Select(result => StatusOf(result, began + took))]);

    /// <summary>Keeps it; false where the disk does not take it, or this user may not write there: a diagnosis is as good without.</summary>
    /// <param name="data">The kit's folder for what outlasts a reboot.</param>
    /// <param name="found">The diagnosis.</param>
    public static bool Keep(string data, Selftest found)
    {
        try
        {
            if (!Directory.Exists(data))
                return false;
            WholeFile.Write(Path.Combine(data, Name), JsonSerializer.SerializeToUtf8Bytes(found, WireJson.Default.Selftest));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static CheckStatus StatusOf(CheckResult result, DateTimeOffset at) => new(
        result.Check.Code, result.Check.Severity, result.Finding.Verdict, at, result.Finding.Reason, result.Finding.Found, result.BecauseOf,
        result.Finding.Measures.Length > 0 ? result.Finding.Measures : null);

    /// <summary>The last one; null where there is none that can be read as one.</summary>
    /// <exception cref="IOException">The disk.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not ours to read.</exception>
    internal static Selftest? Read(string data)
    {
        var file = new FileInfo(Path.Combine(data, Name));
        if (!file.Exists || file.Length > Longest)
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), WireJson.Default.Selftest);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
