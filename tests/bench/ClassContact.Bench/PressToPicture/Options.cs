using System.Globalization;

namespace ClassContact.Bench.PressToPicture;

/// <summary>What is to be measured.</summary>
/// <param name="Pairs">Of launches, in each condition.</param>
/// <param name="Cpus">full, half, or both.</param>
internal sealed record Options(int Pairs, IReadOnlyList<string> Cpus)
{
    public const string Usage = "usage: tests/bench/run press-to-picture [--pairs N] [--cpu full|half]";

    public static bool TryParse(string[] arguments, out Options options)
    {
        options = new(7, ["full", "half"]);
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            if (arguments[i] == "--pairs" && int.TryParse(value, CultureInfo.InvariantCulture, out var pairs) && pairs is > 0 and <= 100)
                options = options with { Pairs = pairs };
            else if (arguments[i] == "--cpu" && value is "full" or "half")
                options = options with { Cpus = [value] };
            else
                return false;
        }
        return true;
    }
}
