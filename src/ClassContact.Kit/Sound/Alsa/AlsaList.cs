namespace ClassContact.Kit.Sound.Alsa;

/// <summary>What <c>arecord -L</c> and <c>aplay -L</c> write: a name on a line of its own, its description on indented lines below.</summary>
internal static class AlsaList
{
    /// <summary>Every name with its description on one line, in the order of the output.</summary>
    public static IEnumerable<(string Name, string Description)> Read(string output)
    {
        string? name = null;
        List<string> description = [];
        foreach (var line in output.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0))
        {
            if (char.IsWhiteSpace(line[0]))
            {
                description.Add(line.Trim());
                continue;
            }
            if (name is not null)
                yield return (name, string.Join(' ', description));
            (name, description) = (line, []);
        }
        if (name is not null)
            yield return (name, string.Join(' ', description));
    }
}
