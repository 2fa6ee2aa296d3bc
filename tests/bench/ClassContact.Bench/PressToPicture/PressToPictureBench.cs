namespace ClassContact.Bench.PressToPicture;

/// <summary>From the press to the pupil's picture.</summary>
internal static class PressToPictureBench
{
    public static Task<int> Run(string folder, string[] options) => throw new NotSupportedException($"not written yet ({folder}, {options.Length} options)");
}
