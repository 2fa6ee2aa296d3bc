namespace ClassContact.KitBench;

/// <summary>What a command in the machine came to.</summary>
/// <param name="Code">Its exit code; 124 when it took longer than it was given and was killed.</param>
/// <param name="Output">What it wrote to its standard output and error, as UTF-8.</param>
public sealed record Answer(int Code, string Output)
{
    /// <summary>Whether it ended with 0.</summary>
    public bool IsGood => Code == 0;
}
