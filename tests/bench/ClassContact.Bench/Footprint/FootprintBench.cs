namespace ClassContact.Bench.Footprint;

/// <summary>What the agent costs a kit.</summary>
internal static class FootprintBench
{
    public static Task<int> Run(string folder, string[] options) => throw new NotSupportedException($"not written yet ({folder}, {options.Length} options)");
}
