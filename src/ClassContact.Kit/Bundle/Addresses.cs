using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ClassContact.Kit.Settings;

namespace ClassContact.Kit.Bundle;

/// <summary>Addresses of the web, of mail, of networks and of network cards in free text, whosever they are.</summary>
internal static partial class Addresses
{
    /// <summary>What stands for one.</summary>
    internal const string Blot = "[address]";

    /// <summary>The text with every address replaced. Those that mean this machine to itself (127.0.0.1, ::1, 0.0.0.0) tell nothing and stay.</summary>
    internal static string Without(string text)
    {
        if (text.Contains(":/", StringComparison.Ordinal))
            text = Problem.WithoutAddresses(text, Blot);
        if (text.Contains('@', StringComparison.Ordinal))
            text = Mail().Replace(text, Blot);
        if (text.Contains('.', StringComparison.Ordinal))
            text = Version4().Replace(text, match => IsAddress(match.Value) ? Blot : match.Value);
        if (text.AsSpan().ContainsAny(":-."))
        {
            text = Card().Replace(text, Blot);
            text = Version6().Replace(text, match => WithoutVersion6(match.Value));
        }
        return text;
    }

    // Whatever stands before it, a word or a port, may end in a colon, too.
    private static string WithoutVersion6(string text)
    {
        for (var from = 0; from < text.Length; from = text.IndexOf(':', from) is >= 0 and var colon ? colon + 1 : text.Length)
            if (IsAddress(text[from..]))
                return text[..from] + Blot;
        return text;
    }

    private static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out var address) && !IPAddress.IsLoopback(address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
        && (address.AddressFamily is AddressFamily.InterNetworkV6 || text.Count(c => c == '.') == 3);

    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.[\w.-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();

    [GeneratedRegex(@"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Version4();

    [GeneratedRegex(@"(?<![\w.])(?:[0-9a-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{1,4}|(?<=::))(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Version6();

    [GeneratedRegex(@"(?<![0-9a-f])(?:[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2})(?![0-9a-f])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Card();
}
