using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace ClassContact.Mqtt.Ways;

/// <summary>Who issued a certificate: what of it may leave the kit.</summary>
/// <param name="Organisation">The organisation; null when there is none, or when it holds an address. Never the common name: that of a firewall's
/// authority may be its host name, its serial number or its keeper.</param>
/// <param name="IsInspection">Whether its names are those that products which open TLS give their authorities.</param>
internal sealed partial record Issuer(string? Organisation, bool IsInspection)
{
    private const string OrganisationName = "2.5.4.10";
    private const string CommonName = "2.5.4.3";
    private const int LongestName = 64; // RFC 5280, ub-organization-name

    /// <summary>Reads an issuer's name.</summary>
    internal static Issuer Of(X500DistinguishedName name)
    {
        var parts = name.EnumerateRelativeDistinguishedNames().Where(part => !part.HasMultipleElements).ToList();
        var organisation = Value(OrganisationName);
        return new(organisation is null ? null : Plain(organisation), IsProduct(organisation) || IsProduct(Value(CommonName)));

        string? Value(string oid) => parts.Find(part => part.GetSingleElementType().Value == oid)?.GetSingleElementValue();
    }

    private static bool IsProduct(string? name) => name is not null && Product().IsMatch(name);

    private static string? Plain(string text)
    {
        var plain = new string([.. text.Where(c => !char.IsControl(c)).Take(LongestName)]).Trim();
        return plain.Length == 0 || Address().IsMatch(plain) ? null : plain;
    }

    [GeneratedRegex(@"\d+\.\d+\.\d+\.\d+|[0-9a-f]*:[0-9a-f]*:[0-9a-f:]*|@", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(
        @"\b(forti(net|gate)|zscaler|sophos|netskope|blue ?coat|palo alto|umbrella|smoothwall|lightspeed|securly|kaspersky|eset|bitdefender|barracuda|watchguard|sonicwall|check ?point"
        + @"|forcepoint|websense|olfeo|stormshield|iboss|contentkeeper|untangle|clavister|pfsense|opnsense|squid|mitmproxy|cloudflare.*gateway)\b|\b(tls|ssl|https) inspection\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Product();
}
