using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using ClassContact.Kit.Keys;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Card;

/// <summary>A page to print, in French: a template with the kit's own room and keys, and the sentences of its screen, so that the two cannot differ.</summary>
internal sealed partial class CardPage(KitSettings kit)
{
    private static readonly Kit.Screen.Words Words = Kit.Screen.Words.Of("fr");

    /// <summary>The page as HTML that needs no other file.</summary>
    /// <param name="card"><c>teacher</c> or <c>class</c>.</param>
    /// <exception cref="KeyNotFoundException">The template names something that there is not; the tests let no such template pass.</exception>
    public string Of(string card) => Filled(Read($"{card}.html"));

    private string Filled(string template) => Hole().Replace(template, hole => Value(hole.Groups[1].Value));

    private string Value(string name) => name switch
    {
        "style" => Read("card.css"),
        "kit" => WebUtility.HtmlEncode(kit.Kit),
        "school" => WebUtility.HtmlEncode(kit.School),
        "room" => WebUtility.HtmlEncode(kit.Room),
        "start" => Cap(Keys.Start),
        "end" => Cap(Keys.End),
        "mute" => Cap(Keys.MuteChord!),
        "help" => Cap(Keys.HelpChord!),
        "class-end" => kit.ClassEnd is { At: null, Wednesday: null } or null ? "" : Filled(Read("class-end.html")),
        "more-keys" => MoreKeys(),
        "seen" => kit.Broker is null ? "" : Read("seen.html"),
        "seen-matter" => kit.Broker is null ? "" : Read("seen-matter.html"),
        _ => WebUtility.HtmlEncode(Words[name]),
    };

    // A kit may lack either, and without a broker it cannot ask anybody.
    private string MoreKeys()
    {
        string?[] keys = [Keys.MuteChord is null ? null : Filled(Read("mute.html")), Keys.HelpChord is null || kit.Broker is null ? null : Filled(Read("help.html"))];
        return keys.All(key => key is null) ? "" : $"<div class=\"keys\">\n{string.Concat(keys)}</div>\n";
    }

    private KeySettings Keys => kit.Keys ?? new();

    private static string Cap(string chord) => WebUtility.HtmlEncode(Kit.Screen.KeyCaps.Of(chord, Words));

    private static string Read(string name)
    {
        using var file = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"card/{name}")!);
        return file.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{([a-z.-]+)\}\}")]
    private static partial Regex Hole();
}
