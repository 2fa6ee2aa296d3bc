using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClassContact.Kit.Tools;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Lesson;

/// <summary>
/// The network that the kit is in, as a mark that tells it from another and nothing else: a keyed hash of its gateway and subnets, cut to 32 bits.
/// The key is random, of this kit alone, and never leaves it, so nobody can try all addresses on a mark, nor compare two kits.
/// </summary>
/// <param name="data">The kit's folder for what outlasts a reboot; the key lies there, for its owner alone.</param>
/// <param name="log">Gets why there is no key.</param>
/// <param name="routes">The kernel's table of IPv4 routes.</param>
internal sealed class NetworkMark(string data, ILogger log, string routes = "/proc/net/route")
{
    private const int KeyLength = 32;
    private const int MarkLength = 4;
    private const uint IsGateway = 2; // RTF_GATEWAY in route(7)

    private readonly string path = Path.Combine(data, "network-key");

    /// <summary>Such as <c>3f29ab07</c>; null without a network, or without a key.</summary>
    internal string? Read() =>
        SystemFile.Read(routes) is { } table && Describe(table) is { Length: > 0 } network && Key() is { } key
            ? Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(network)).AsSpan(0, MarkLength)) : null;

    // The lines of the interface that leads out: its gateway and its own subnets. Names and metrics change with every boot.
    internal static string Describe(string table)
    {
        var lines = table.Split('\n').Skip(1).Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(f => f.Length > 7).ToList();
        var way = lines.Where(f => f[1] == "00000000" && (Flags(f[3]) & IsGateway) != 0).OrderBy(f => f[6].Length).ThenBy(f => f[6], StringComparer.Ordinal).FirstOrDefault();
        return way is null ? "" : string.Join(' ', lines.Where(f => f[0] == way[0]).Select(f => $"{f[1]}/{f[7]}>{f[2]}").Distinct().Order(StringComparer.Ordinal));
    }

    private static uint Flags(string hex) => uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var flags) ? flags : 0;

    private byte[]? Key()
    {
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path) is { Length: KeyLength } known)
                return known;
            var key = RandomNumberGenerator.GetBytes(KeyLength);
            Directory.CreateDirectory(data);
            WholeFile.Write(path, key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("{File}: no key, so nobody can tell whether the network has changed: {Reason}", path, e.Message);
            return null;
        }
    }
}
