using System.Net.Sockets;
using System.Text;

namespace ClassContact.Mqtt.Ways;

/// <summary>An answer, as much of it as was wanted.</summary>
/// <param name="Status">Three digits.</param>
/// <param name="Fields">Header fields; of one that is there twice, the first.</param>
/// <param name="Body">The body as far as it was read.</param>
internal sealed record HttpAnswer(int Status, IReadOnlyDictionary<string, string> Fields, byte[] Body);

/// <summary>
/// One question and its answer over a connection that is open. Two small questions an hour are not worth what an HttpClient keeps in memory, and
/// of a hostile answer not a byte more is taken than what is allowed for.
/// </summary>
internal static class Http
{
    private const int LongestHead = 16 * 1024; // servers allow clients 8 to 16 kB

    /// <summary>Asks and reads. Null when the answer is not HTTP, is too long in its head, or ends before its head does.</summary>
    /// <param name="stream">Stays open.</param>
    /// <param name="request">All of it, with the empty line at its end.</param>
    /// <param name="bodyLimit">So many bytes of body are read at most; 0 for none.</param>
    /// <param name="ct">Ends the wait for an answer that comes slowly or never.</param>
    internal static async Task<HttpAnswer?> Ask(Stream stream, string request, int bodyLimit, CancellationToken ct)
    {
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), ct);
            return await Read(stream, bodyLimit, ct);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static async Task<HttpAnswer?> Read(Stream stream, int bodyLimit, CancellationToken ct)
    {
        var buffer = new byte[1024];
        int filled = 0, end;
        while ((end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (filled == LongestHead || (filled > 5 && !buffer.AsSpan().StartsWith("HTTP/"u8)))
                return null;
            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var read = await stream.ReadAsync(buffer.AsMemory(filled), ct);
            if (read == 0)
                return null;
            filled += read;
        }
        if (Head(Encoding.Latin1.GetString(buffer, 0, end)) is not { } head)
            return null;
        return bodyLimit == 0 ? head : head with { Body = await Body(stream, buffer.AsMemory(end + 4, filled - end - 4), head, bodyLimit, ct) };
    }

    private static HttpAnswer? Head(string text)
    {
        var lines = text.Split("\r\n");
        var status = lines[0].Split(' ', 3);
        if (!status[0].StartsWith("HTTP/1.", StringComparison.Ordinal) || status.Length < 2 || !ushort.TryParse(status[1], out var code) || code is < 100 or > 599)
            return null;
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                fields.TryAdd(line[..colon], line[(colon + 1)..].Trim());
        }
        return new(code, fields, []);
    }

    // HTTP/1.0 is asked for, so nobody answers in chunks (RFC 9112, 6.1); a length, or the connection's end, ends the body.
    private static async Task<byte[]> Body(Stream stream, ReadOnlyMemory<byte> begun, HttpAnswer head, int limit, CancellationToken ct)
    {
        var length = head.Fields.TryGetValue("Content-Length", out var text) && long.TryParse(text, out var told) && told >= 0 ? (int)Math.Min(told, limit) : limit;
        var body = new MemoryStream();
        body.Write(begun.Span[..Math.Min(begun.Length, length)]);
        var buffer = new byte[4096];
        while (body.Length < length && await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - body.Length)), ct) is > 0 and var read)
            body.Write(buffer, 0, read);
        return body.ToArray();
    }
}
