using System.Globalization;

namespace ClassContact.Kit.CallButton;

/// <summary>A line of the box that makes sense.</summary>
internal abstract record BoxLine
{
    private BoxLine()
    {
    }

    /// <summary>The version of the protocol that the kit speaks.</summary>
    public const int Version = 1;

    /// <summary>Asks the box to greet.</summary>
    public const string Ask = "hello\n";

    private const string Greets = "classcontact-button ";

    /// <summary>The box greets.</summary>
    /// <param name="Speaks">The version that it speaks.</param>
    public sealed record Greeting(int Speaks) : BoxLine;

    /// <summary>The button's state: at every change, and again and again.</summary>
    public sealed record Button(bool IsDown) : BoxLine;

    /// <summary>Reads a line without its end; null for what is none of the protocol's.</summary>
    public static BoxLine? Read(string line) => line switch
    {
        "down" => new Button(true),
        "up" => new Button(false),
        _ when line.StartsWith(Greets, StringComparison.Ordinal)
            && int.TryParse(line.AsSpan(Greets.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version) => new Greeting(version),
        _ => null,
    };

    /// <summary>The command that sets the lamp.</summary>
    public static string Set(Lamp lamp) => lamp switch
    {
        Lamp.Starting => "lamp starting\n",
        Lamp.Open => "lamp open\n",
        Lamp.Muted => "lamp muted\n",
        _ => "lamp off\n",
    };
}
