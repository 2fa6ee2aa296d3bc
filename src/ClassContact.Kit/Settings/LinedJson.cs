using System.Text.Json;

namespace ClassContact.Kit.Settings;

/// <summary>A JSON value that knows its line, so that a problem can name it.</summary>
internal sealed class LinedJson
{
    private LinedJson(JsonTokenType kind, int line) => (Kind, Line) = (kind, line);

    /// <summary>The token that begins the value.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>True for a number without a fraction that fits an int.</summary>
    public bool IsInt32 { get; private init; }

    /// <summary>An object's fields, as written: a name may stand twice.</summary>
    public List<(string Name, int Line, LinedJson Value)> Fields { get; } = [];

    /// <summary>An array's elements.</summary>
    public List<LinedJson> Elements { get; } = [];

    /// <summary>Reads a whole document; comments and trailing commas are allowed, for people write these files.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static LinedJson Parse(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var lines = new LineCounter(utf8);
        reader.Read();
        var root = Value(ref reader, lines);
        while (reader.Read())
        {
        }
        return root;
    }

    /// <summary>The value at the end of a way such as <c>broker.tls.caFile</c> or <c>steps[2].click</c>, or the nearest one above it.</summary>
    public LinedJson Nearest(string way)
    {
        var at = this;
        foreach (var part in way.Split('.', '['))
        {
            var next = part.EndsWith(']')
                ? uint.TryParse(part[..^1], out var i) && i < at.Elements.Count ? at.Elements[(int)i] : null
                : at.Fields.Find(f => f.Name == part).Value;
            if (next is null)
                break;
            at = next;
        }
        return at;
    }

    private static LinedJson Value(ref Utf8JsonReader reader, LineCounter lines)
    {
        var value = new LinedJson(reader.TokenType, lines.At(reader.TokenStartIndex))
        {
            IsInt32 = reader.TokenType is JsonTokenType.Number && reader.TryGetInt32(out _),
        };
        if (reader.TokenType is JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                value.Elements.Add(Value(ref reader, lines));
        }
        else if (reader.TokenType is JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
            {
                var line = lines.At(reader.TokenStartIndex);
                var name = Name(ref reader, line);
                reader.Read();
                value.Fields.Add((name, line, Value(ref reader, lines)));
            }
        }
        return value;
    }

    private static string Name(ref Utf8JsonReader reader, int line)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // Half a character as an escape, such as \ud800: the reader itself lets it pass.
            throw new JsonException("a name is no text", null, line - 1, null, e);
        }
    }

    private sealed class LineCounter(byte[] utf8)
    {
        private int counted;
        private int line = 1;

        public int At(long index)
        {
            line += utf8.AsSpan(counted, (int)index - counted).Count((byte)'\n');
            counted = (int)index;
            return line;
        }
    }
}
