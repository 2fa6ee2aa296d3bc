using System.Collections.Immutable;

namespace ClassContact.Kit.Bundle;

/// <summary>What this kit knows that must not leave it.</summary>
/// <param name="All">The secrets.</param>
/// <param name="Unread">Kinds of which there is something that could not be read: whether a text holds such a one, nobody can tell then.</param>
internal sealed record KnownSecrets(ImmutableArray<Secret> All, ImmutableArray<string> Unread)
{
    // What we write everywhere ourselves, and what many addresses have: whoever takes such a word for a password has none.
    private static readonly HashSet<string> Everyday = new(StringComparer.OrdinalIgnoreCase)
    {
        "classcontact", "class", "contact", "agent", "kiosk", "meet", "meeting", "meetings", "room", "rooms", "join", "call", "index", "index.html", "debian", "linux", "localhost", "proxy",
        "root", "user", "users", "admin", "school", "broker", "http", "https", "true", "false", "null", "none", "auto", "direct", "default", "name", "link", "home", "information",
        "classe", "audio", "video", "audiovideo", "share",
    };

    /// <summary>Reads them from wherever they lie.</summary>
    /// <param name="settings">The settings file; one that cannot be used is read as text, for it still names files.</param>
    /// <param name="surroundings">What the kit's surroundings know: Wi-Fi names, own addresses, proxies of the environment.</param>
    internal static KnownSecrets Of(string settings, KnownSecrets surroundings)
    {
        var files = SecretFiles.Of(settings);
        var read = files.Files.Select(file => (file.Kind, Texts: SecretFiles.Read(file))).ToList();
        var own = read.SelectMany(file => file.Texts ?? []).Concat(files.InTheSettings).Concat(surroundings.All);
        return new(
            [.. own.Where(secret => IsOne(secret.Text, files.Kit)).Distinct()],
            [.. read.Where(file => file.Texts is null).Select(file => file.Kind).Concat(files.IsReadable ? [] : ["settings"]).Concat(surroundings.Unread).Distinct()]);
    }

    /// <summary>An address of the web and every part of it that may be secret by itself: its host, its way and what follows it, piece by piece.</summary>
    internal static IEnumerable<Secret> OfAddress(string kind, string text)
    {
        yield return new(kind, text);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
            yield break;
        yield return new(kind, uri.PathAndQuery + uri.Fragment);
        if (!uri.IsLoopback)
            yield return new(kind, uri.Host);
        var named = $"{uri.Query}&{uri.Fragment}".Split(['&', '?', '#', ';', '/'], StringSplitOptions.RemoveEmptyEntries);
        foreach (var piece in uri.AbsolutePath.Split('/').Where(piece => !IsSmallNumber(piece)).Concat(named.Select(pair => pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..])).Concat(uri.UserInfo.Split(':')))
            yield return new(kind, PlainForm.Decoded(piece)); // what has a name may be a PIN
    }

    /// <summary>Made of everyday words, the last perhaps cut, or of the numbers of an address: it stands in many a text, whatever secret begins so.</summary>
    internal static bool IsEveryday(string start) =>
        (start.Contains('.', StringComparison.Ordinal) && start.All(c => char.IsAsciiDigit(c) || c == '.'))
        || start.Split(['.', '-', '_', '/', ':', '@'], StringSplitOptions.RemoveEmptyEntries).All(word => Everyday.Any(known => known.StartsWith(word, StringComparison.OrdinalIgnoreCase)));

    // Such as a room's: it stands in every time of day.
    private static bool IsSmallNumber(string text) => text.Length < 6 && text.All(char.IsAsciiDigit);

    // The kit's own name is no secret, whatever else is called so; a part of it may well be one.
    private static bool IsOne(string text, string kit) =>
        text.Trim() is { Length: >= Secret.Shortest } trimmed && !Everyday.Contains(trimmed) && !trimmed.Equals(kit, StringComparison.OrdinalIgnoreCase);
}
