using System.Net.Sockets;

namespace ClassContact.Mqtt.Ways;

/// <summary>What a connection is for.</summary>
internal enum Purpose
{
    /// <summary>The link to the broker.</summary>
    Helpdesk,

    /// <summary>A check of the kit's own.</summary>
    Checks,

    /// <summary>The kit's certificate and its meeting's link.</summary>
    Enrolment,
}

/// <summary>
/// Bytes that this process has sent and received over its own TCP connections since it began, by purpose: TLS is in them, TCP's and IP's headers, names
/// that were looked up and the meeting itself are not.
/// </summary>
internal static class Traffic
{
    private static readonly long[] Sent = new long[Enum.GetValues<Purpose>().Length];
    private static readonly long[] Received = new long[Sent.Length];

    /// <summary>By purpose; any thread may ask.</summary>
    internal static IEnumerable<(Purpose Purpose, long Sent, long Received)> All =>
        Enum.GetValues<Purpose>().Select(p => (p, Interlocked.Read(ref Sent[(int)p]), Interlocked.Read(ref Received[(int)p])));

    /// <summary>The stream of a connected socket, counted.</summary>
    internal static NetworkStream Counted(Socket socket, Purpose purpose) => new CountedStream(socket, purpose);

    /// <summary>Notes what was read.</summary>
    internal static void Came(Purpose purpose, int count) => Interlocked.Add(ref Received[(int)purpose], count);

    /// <summary>Notes what was written.</summary>
    internal static void Went(Purpose purpose, int count) => Interlocked.Add(ref Sent[(int)purpose], count);
}

/// <summary>The stream of a connected socket; every byte is counted (<see cref="Traffic"/>).</summary>
/// <param name="socket">The socket.</param>
/// <param name="purpose">What for.</param>
/// <param name="ownsSocket">Whether it ends with the stream.</param>
internal class CountedStream(Socket socket, Purpose purpose, bool ownsSocket = true) : NetworkStream(socket, ownsSocket)
{
    // The overloads with spans come through those with arrays, as in every class that is derived from NetworkStream.
    public override int Read(byte[] buffer, int offset, int count) => Came(base.Read(buffer, offset, count));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Came(await base.ReadAsync(buffer, cancellationToken));

    public override void Write(byte[] buffer, int offset, int count)
    {
        base.Write(buffer, offset, count);
        Went(count);
    }

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        await WriteAsync(buffer.AsMemory(offset, count), cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await base.WriteAsync(buffer, cancellationToken);
        Went(buffer.Length);
    }

    private int Came(int count)
    {
        Traffic.Came(purpose, count);
        return count;
    }

    private void Went(int count) => Traffic.Went(purpose, count);
}
