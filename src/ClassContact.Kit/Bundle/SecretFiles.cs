using System.Text;
using System.Text.RegularExpressions;
using ClassContact.Kit.Settings;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Kit.Bundle;

/// <summary>A file that may hold a secret.</summary>
/// <param name="Kind">What it holds, as a code.</param>
/// <param name="Path">Where.</param>
internal readonly record struct SecretFile(string Kind, string Path);

/// <summary>
/// Where a kit's secrets lie, as its settings file says; read as text and not as settings, so that a file with a mistake in it, which leaves the kit in
/// need of help, hides nothing.
/// </summary>
/// <param name="Files">The files.</param>
/// <param name="InTheSettings">Addresses that stand in the settings themselves, the proxy's and those that do not belong there.</param>
/// <param name="Kit">The kit's name; empty where it is not known.</param>
/// <param name="IsReadable">The settings could be read.</param>
internal sealed partial record SecretFiles(IReadOnlyList<SecretFile> Files, IReadOnlyList<Secret> InTheSettings, string Kit, bool IsReadable)
{
    internal const string Link = "meeting-link";
    internal const string Key = "key";
    internal const string Login = "proxy-login";
    private const int Longest = 256 * 1024;
    private const string Gap = @"(?:\s|/\*[\s\S]*?\*/|//[^\n]*\n)*";
    private static readonly string[] LinkNames = ["meeting-link", "link.new"];
    private static readonly string[] KeyNames = ["kit.key", "next.key", "door.key"];

    /// <summary>Looks through the settings. One that is not there names the usual places.</summary>
    internal static SecretFiles Of(string settings)
    {
        var (text, isReadable) = Text(settings) is { } some ? (some, true) : ("", !IsThere(settings));
        var folder = Path.GetDirectoryName(Path.GetFullPath(settings))!;
        List<string> Named(string field) => [.. Field(field).Matches(text).Select(match => Path.Combine(folder, PlainForm.Decoded(match.Groups[1].Value)))];
        List<SecretFile> files =
        [
            .. Named("linkFile").DefaultIfEmpty(Path.Combine(folder, "meeting-link")).SelectMany(Both).Select(path => new SecretFile(Link, path)),
            .. Named("keyFile").Select(path => new SecretFile(Key, path)), .. Named("proxyLoginFile").Select(path => new SecretFile(Login, path)),
        ];
        foreach (var data in Named("data").DefaultIfEmpty(new FolderSettings().Data))
            files.AddRange([
                .. LinkNames.SelectMany(name => Both(Path.Combine(data, name))).Select(path => new SecretFile(Link, path)),
                .. KeyNames.SelectMany(name => Both(Path.Combine(data, "identity", name))).Select(path => new SecretFile(Key, path)),
                new(Key, Path.Combine(data, "network-key")),
            ]);
        return new([.. files.Distinct()], [.. OfText(text)], KitId.TryParse(Field("kit").Match(text).Groups[1].Value, out var id) ? $"{id}" : "", isReadable);
    }

    /// <summary>The secrets of a file; none where it is not there, null where it cannot be read.</summary>
    internal static IReadOnlyList<Secret>? Read(SecretFile file)
    {
        if (!IsThere(file.Path))
            return [];
        if (Bytes(file.Path) is not { } bytes)
            return null;
        var text = Encoding.UTF8.GetString(bytes).Trim();
        return file.Kind switch
        {
            Link => [.. KnownSecrets.OfAddress(Link, RoomLink.Parse(bytes)?.Link ?? text)],
            Login => [new(Login, text), .. text.Split(':', 2).Select(part => new Secret(Login, part))],
            _ when text.Contains("-----", StringComparison.Ordinal) =>
                [.. text.Split('\n').Where(line => !line.StartsWith("-----", StringComparison.Ordinal)).Select(line => new Secret(Key, line.Trim()))],
            _ => [new(Key, Convert.ToHexString(bytes)), new(Key, Convert.ToBase64String(bytes))],
        };
    }

    private static string[] Both(string path) => [path, Tools.WholeFile.Begun(path)];

    // The proxy's place is the school's; that of the signing service is the helpdesk's own, and its address has no way.
    private static IEnumerable<Secret> OfText(string text)
    {
        foreach (Match match in Web().Matches(text))
        {
            var address = PlainForm.Decoded(match.Value);
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
                yield return new("address", address);
            else if (uri.PathAndQuery.Length > 1 || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
                foreach (var secret in KnownSecrets.OfAddress("address", address))
                    yield return secret;
        }
        foreach (Match match in Field("proxy").Matches(text))
            if (Uri.TryCreate(PlainForm.Decoded(match.Groups[1].Value), UriKind.Absolute, out var proxy) && !proxy.IsLoopback)
                yield return new("proxy", proxy.Host);
    }

    // Where nobody lets us look, something may be; also behind a path that can be none (with a zero in it), for the right one is not known then.
    private static bool IsThere(string path)
    {
        try
        {
            File.GetAttributes(path);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return true;
        }
    }

    private static string? Text(string path) => Bytes(path) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static byte[]? Bytes(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > Longest)
                return null;
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    // Comments are allowed between all of it.
    private static Regex Field(string name) => new($"\"{name}\"{Gap}:{Gap}\"((?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.CultureInvariant);

    [GeneratedRegex("""[a-z][a-z0-9+.-]+:\\?/\\?/[^"\s]+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Web();
}
