using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClassContact.Helpdesk.Settings;

/// <summary>The signing service's settings. Relative paths begin at the folder of the settings file.</summary>
/// <param name="CaFile">Certificate of the authority that signs kits (<c>packaging/broker/ca</c> makes it).</param>
/// <param name="CaKeyFile">Its key, without a pass phrase, readable by the service's user alone.</param>
/// <param name="CertificateFile">The service's own certificate with its chain: kits know it by the same authority.</param>
/// <param name="KeyFile">Its key.</param>
/// <param name="Data">Folder of the register.</param>
/// <param name="Listen">Address and port to listen on.</param>
/// <param name="CertificateDays">A kit's certificate lasts so long, 1 to 825 days. 210: a kit renews after 140, so one that was
/// switched off just before may be so for ten weeks; the longest holidays are eight (FWB, summer 2027).</param>
/// <param name="CodeHours">A one-time code lasts so long, 1 to 336 h.</param>
/// <param name="Issued">Folder that gets every signed certificate as <c>SERIAL.pem</c>, for the broker's own <c>ca</c>; null: in the register.</param>
/// <param name="RevocationList">The broker's list of revoked certificates (PEM): who stands in it is refused here, too; null: the register alone knows.</param>
/// <param name="Revoke">A program and its arguments that has the broker refuse a kit whose name follows them; null: the broker is told by hand.</param>
/// <param name="Address">Where kits reach the service, as <c>code</c> writes it; null: the name in its certificate, and the port of <paramref name="Listen"/>.</param>
/// <param name="Bundles">Folder of the bundles that kits have sent, for whoever of the helpdesk is in its group; null: <c>bundles</c> in the register.</param>
/// <param name="DoorKeyFile">32 random bytes from which the codes of the kits' doors come (<c>door</c>); null: kits have no door.</param>
internal sealed record HelpdeskSettings(
    string CaFile, string CaKeyFile, string CertificateFile, string KeyFile, string Data = "/var/lib/classcontact-helpdesk", string Listen = "0.0.0.0:8443",
    int CertificateDays = 210, int CodeHours = 72, string? Issued = null, string? RevocationList = null, IReadOnlyList<string>? Revoke = null,
    string? Address = null, string? Bundles = null, string? DoorKeyFile = null)
{
    /// <summary>Reads and checks them.</summary>
    /// <exception cref="InvalidDataException">Names the file and all that is wrong with it.</exception>
    public static HelpdeskSettings Read(string path)
    {
        try
        {
            var text = File.ReadAllBytes(path);
            NoneOf(path, ShapeProblems(text));
            var read = JsonSerializer.Deserialize(text, SettingsJson.Default.HelpdeskSettings)!;
            NoneOf(path, read.Problems());
            return read.In(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (JsonException e)
        {
            var problem = e.Path is ['$', '.', .. var field] ? $"{field} has a value of the wrong kind"
                : "is not JSON here (a comma, a quote or a bracket is missing or too many)";
            throw new InvalidDataException($"{path}:{e.LineNumber + 1}: {problem}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Where the bundles lie.</summary>
    [JsonIgnore]
    public string BundleFolder => Bundles ?? Path.Combine(Data, "bundles");

    /// <summary>Where it listens.</summary>
    [JsonIgnore]
    public IPEndPoint EndPoint => IPEndPoint.Parse(Listen);

    private static void NoneOf(string path, IEnumerable<string> problems)
    {
        if (string.Join("; ", problems) is { Length: > 0 } all)
            throw new InvalidDataException($"{path}: {all}");
    }

    private static IEnumerable<string> ShapeProblems(byte[] text)
    {
        using var json = JsonDocument.Parse(text, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        if (json.RootElement.ValueKind is not JsonValueKind.Object)
            return ["must be an object { … }"];
        var settings = SettingsJson.Default.HelpdeskSettings.Properties.Where(p => p.AssociatedParameter is not null).ToList();
        var found = json.RootElement.EnumerateObject().Select(p => p.Name).ToHashSet();
        return
        [
            .. found.Except(settings.Select(p => p.Name)).Select(name => $"{name} is not a setting (known here: {string.Join(", ", settings.Select(p => p.Name))})"),
            .. settings.Where(p => p.IsRequired && !found.Contains(p.Name)).Select(p => $"{p.Name} is missing"),
        ];
    }

    private IEnumerable<string> Problems()
    {
        if (!IPEndPoint.TryParse(Listen, out var at) || at.Port == 0)
            yield return $"listen '{Listen}' is not an address and a port";
        if (CertificateDays is < 1 or > 825)
            yield return $"certificateDays {CertificateDays} is outside 1..825";
        if (CodeHours is < 1 or > 336)
            yield return $"codeHours {CodeHours} is outside 1..336";
        if (Revoke is [])
            yield return "revoke names no program";
        if (Address is not null && !(Uri.TryCreate(Address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.PathAndQuery == "/"))
            yield return $"address '{Address}' is not an https address without a path";
    }

    private HelpdeskSettings In(string folder) => this with
    {
        CaFile = Path.Combine(folder, CaFile), CaKeyFile = Path.Combine(folder, CaKeyFile), CertificateFile = Path.Combine(folder, CertificateFile),
        KeyFile = Path.Combine(folder, KeyFile), Data = Path.Combine(folder, Data), Issued = Issued is null ? null : Path.Combine(folder, Issued),
        RevocationList = RevocationList is null ? null : Path.Combine(folder, RevocationList),
        Bundles = Bundles is null ? null : Path.Combine(folder, Bundles), DoorKeyFile = DoorKeyFile is null ? null : Path.Combine(folder, DoorKeyFile),
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(HelpdeskSettings))]
internal sealed partial class SettingsJson : JsonSerializerContext;
