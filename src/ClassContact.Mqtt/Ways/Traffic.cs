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
    internal static NetworkStream Counted(Socket socket, Purpose purpose) => new CountedStream(socket, (int)purpose);

    // The overloads with spans come through those with arrays, as in every class that is derived from NetworkStream.
    private sealed class CountedStream(Socket socket, int purpose) : NetworkStream(socket, ownsSocket: true)
    {
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
            Interlocked.Add(ref Received[purpose], count);
            return count;
        }

        private void Went(int count) => Interlocked.Add(ref Sent[purpose], count);
    }
}
