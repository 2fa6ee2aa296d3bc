using System.Buffers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClassContact.Kit.Bundle;

/// <summary>
/// Keeps secrets out of a bundle: a line of free text that holds one, in whatever form, is replaced by a marker that names its kind, and so is every line
/// over which one is spread; of all other lines the addresses are replaced.
/// </summary>
internal sealed partial class Sieve
{
    private const int LongestEscape = 12;

    /// <summary>More of a line is not told: some searches for addresses take the square of its length in the worst case.</summary>
    internal const int LongestLine = 8 * 1024;

    private readonly (string Form, string Kind)[] forms;
    private readonly SearchValues<string> search;

    /// <summary>Knows the secrets from now on.</summary>
    internal Sieve(IEnumerable<Secret> secrets)
    {
        forms =
        [
            .. secrets.SelectMany(secret => SecretForms.Of(secret.Text).Select(form => (Form: form, secret.Kind)))
                .DistinctBy(form => form.Form, StringComparer.OrdinalIgnoreCase).OrderByDescending(form => form.Form.Length),
        ];
        search = SearchValues.Create(forms.Select(form => form.Form).ToArray(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What stands for a line or a value that was left out.</summary>
    internal static string Marker(string kind) => $"[left out: {kind}]";

    /// <summary>The text as it may leave the kit.</summary>
    internal string Clean(string text) => Lines([text])[0];

    /// <summary>Lines that follow one another, as they may leave the kit.</summary>
    internal string[] Lines(IReadOnlyList<string> lines, CancellationToken ct = default)
    {
        var kinds = KindsOf(lines, ct);
        return [.. lines.Select((line, i) => Told(line, kinds[i], ct))];
    }

    /// <summary>A document of ours with every text in it cleaned; the names of its fields are ours.</summary>
    internal JsonNode? Clean(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Clean(field.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Clean)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Clean(text)),
        _ => node?.DeepClone(),
    };

    // The end of the lines before goes along, for a secret may be spread over several.
    private string?[] KindsOf(IReadOnlyList<string> lines, CancellationToken ct)
    {
        var kinds = new string?[lines.Count];
        var carry = "";
        var ends = new List<(int Line, int End)>(); // where each line of the carry ends in it
        for (var i = 0; i < lines.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            if (Confession().IsMatch(lines[i]))
                kinds[i] = "secret";
            var (plain, behind) = Joined(carry, PlainForm.Of(lines[i]));
            foreach (var (at, kind) in Found(plain, behind))
            {
                foreach (var (line, end) in ends)
                    kinds[line] = end > at ? kind : kinds[line];
                kinds[i] = kind;
            }
            ends.Add((i, plain.Length));
            var cut = Math.Max(0, plain.Length - SecretForms.Longest + 1);
            carry = plain[cut..];
            ends = [.. ends.Where(line => line.End > cut).Select(line => (line.Line, line.End - cut))];
        }
        return kinds;
    }

    // An escape may be cut, too. Then the place of the cut is not exact any more, and rather one line too many goes.
    private static (string Text, int Behind) Joined(string carry, string plain)
    {
        var text = carry + plain;
        var whole = carry.Length == 0 ? text : PlainForm.Of(text);
        return (whole, whole == text ? carry.Length : Math.Max(0, carry.Length - LongestEscape));
    }

    // Where forms begin that end behind a place.
    private IEnumerable<(int At, string Kind)> Found(string text, int behind)
    {
        for (var from = 0; from < text.Length && text.AsSpan(from).IndexOfAny(search) is >= 0 and var next;)
        {
            var at = from + next;
            foreach (var (form, kind) in forms)
            {
                if (at + form.Length > behind && text.AsSpan(at).StartsWith(form, StringComparison.OrdinalIgnoreCase))
                {
                    yield return (at, kind);
                    break;
                }
            }
            from = at + 1;
        }
    }

    private static string Told(string line, string? kind, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return kind is not null ? Marker(kind) : line.Length <= LongestLine ? WithoutAddresses(line)
            : $"{WithoutAddresses(line[..(line.LastIndexOf(' ', LongestLine) + 1)])}{Marker("long-line")}"; // not in the middle of an address
    }

    private static string WithoutAddresses(string line)
    {
        var without = Addresses.Without(line);
        var decoded = PlainForm.Decoded(without);
        return decoded == without || Addresses.Without(decoded) == decoded ? without : Marker("address");
    }

    // What calls itself a secret, of whatever program; a key is followed by lines that are known.
    [GeneratedRegex(
        """(?:passw(?:or)?d|passphrase|mot de passe|mdp|wachtwoord|pwd|secret|api.?key|psk|token|credential)s?\\?["']?\s*(?:[=:]|\bis\b)\s*\\?["']?[^\s"'\\,;}]|authorization\\?["']?\s*:|BEGIN [A-Z ]{0,40}PRIVATE KEY""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Confession();
}
