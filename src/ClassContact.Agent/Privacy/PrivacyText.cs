using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClassContact.Agent.Words;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ClassContact.Agent.Privacy;

/// <summary>What leaves the kit, for a person.</summary>
internal static class PrivacyText
{
    /// <summary>The whole list.</summary>
    public static Rows Of(PrivacyDocument document)
    {
        var lines = new List<IRenderable> { new Text(CliWords.Say("privacy.intro")), Title("privacy.mqtt") };
        foreach (var channel in document.Mqtt)
            lines.AddRange([Text.Empty, .. Of(channel)]);
        lines.Add(Title("privacy.others"));
        foreach (var other in document.Others)
            lines.AddRange([Text.Empty, new Text(CliWords.Say($"privacy.{other.Name}"), Bold), Grid(("to", other.To), ("when", other.When), ("carries", other.Carries), ("why", other.Why))]);
        lines.Add(Title("privacy.never"));
        lines.AddRange(document.Never.Select(never => Indented(new Text(never))));
        return new Rows(lines);
    }

    private static Style Bold { get; } = new(decoration: Decoration.Bold);

    private static IEnumerable<IRenderable> Of(PrivacyChannel channel)
    {
        yield return new Text(channel.Topic, Bold);
        yield return Grid(
            ("what", channel.Description), ("why", channel.Why), ("retained", CliWords.Say(channel.Retained ? "privacy.retained.yes" : "privacy.retained.no")));
        var fields = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new(2, 0, 2, 0) }).AddColumn(new GridColumn { NoWrap = true, Padding = new(0, 0, 2, 0) }).AddColumn(new GridColumn());
        foreach (var field in channel.Fields)
            fields.AddRow(new Text(field.Path), new Text(field.Type, Color.Grey), new Text(field.Description));
        yield return fields;
        yield return Indented(new Text(Indented(channel.Example), Color.Grey));
    }

    private static Rows Title(string key) => new(Text.Empty, new Text(CliWords.Say(key), new(decoration: Decoration.Bold | Decoration.Underline)));

    private static string Indented(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            json.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static Padder Indented(IRenderable text) => new(text, new(2, 0, 0, 0));

    private static Grid Grid(params ReadOnlySpan<(string Label, string Text)> rows)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new(2, 0, 2, 0) }).AddColumn(new GridColumn());
        foreach (var (label, text) in rows)
            grid.AddRow(new Text(CliWords.Say($"privacy.label.{label}")), new Text(text));
        return grid;
    }
}
