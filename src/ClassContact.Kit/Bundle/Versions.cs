using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Bundle;

/// <summary>What runs on this kit, in which version.</summary>
/// <param name="time">Of the deadline.</param>
[SupportedOSPlatform("linux")]
internal sealed partial class Versions(TimeProvider time)
{
    // What a class, the helpdesk's way and the checks rest on; and ourselves.
    private static readonly string[] Packages =
    [
        "classcontact-kit", "chromium", "libmosquitto1", "libsqlite3-0", "pipewire", "wireplumber", "alsa-utils", "v4l-utils", "network-manager", "systemd", "openssl", "sway",
    ];

    /// <summary>Reads them; what cannot be told is left out.</summary>
    /// <param name="facts">What the program knows of itself.</param>
    /// <param name="ct">Ends it.</param>
    internal async Task<JsonObject> Read(BundleFacts facts, CancellationToken ct)
    {
        var packages = new JsonObject();
        foreach (var match in Installed().Matches(await Dpkg(ct)).Where(match => Packages.Contains(match.Groups[1].Value)))
            packages[match.Groups[1].Value] = match.Groups[2].Value;
        return new()
        {
            ["agent"] = facts.Agent, ["libraries"] = facts.Libraries, ["runtime"] = System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription,
            ["debian"] = SystemFile.Read("/etc/debian_version"), ["kernel"] = SystemFile.Read("/proc/sys/kernel/osrelease"),
            ["machine"] = $"{System.Runtime.InteropServices.RuntimeInformation.OSArchitecture}", ["packages"] = packages,
        };
    }

    // All of them: asked for one that is not there, it would fail.
    private async Task<string> Dpkg(CancellationToken ct) =>
        await new Tool(time).Run("dpkg-query", ["--show", "--showformat=${Package} ${Version} ${db:Status-Status}\n"], [], ct) is ToolResult.Output { Text: var text } ? text : "";

    [GeneratedRegex(@"^([a-z0-9][a-z0-9.+-]*) ([0-9][\w.+~:-]*) installed$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Installed();
}
