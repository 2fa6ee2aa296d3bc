namespace ClassContact.Kit.CallButton;

/// <summary>The serial box with the call button and its lamp. A kit without this section has none.</summary>
/// <param name="Port">Full path of its line, best one of <c>/dev/serial/by-id/</c>: those stay the same whatever else is plugged in.</param>
/// <param name="Baud">Bits a second, one of <see cref="Speeds"/>; boxes behind USB of their own ignore it.</param>
public sealed record CallButtonSettings(string Port, int Baud = 9600)
{
    /// <summary>What common boards offer.</summary>
    public static readonly IReadOnlyList<int> Speeds = [1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200];

    /// <summary>Everything that is wrong, each beginning with the field's name.</summary>
    public IEnumerable<string> Problems()
    {
        if (!Port.StartsWith("/dev/", StringComparison.Ordinal) || Port.EndsWith('/') || Port.Split('/').Contains(".."))
            yield return $"port '{Port}' must be a full path in /dev, such as /dev/serial/by-id/…";
        if (!Speeds.Contains(Baud))
            yield return $"baud {Baud} is not one of {string.Join(", ", Speeds)}";
    }
}
