using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ClassContact.Kit.Tests.Network;

/// <summary>A server on 127.0.0.1 that does to each connection what a test says; gone with all of them when disposed.</summary>
internal sealed class Host : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Task accepting;
    private readonly List<Task> served = []; // of the accepting task alone, until it has ended
    private readonly Func<Stream, CancellationToken, Task> serve;

    internal Host(Func<Stream, CancellationToken, Task> serve)
    {
        this.serve = serve;
        listener.Start();
        accepting = Accept();
    }

    internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connections so far.</summary>
    internal int Connections { get; private set; }

    /// <summary>Everything that was read by <see cref="Answering"/>.</summary>
    internal string Heard { get; private set; } = "";

    /// <summary>Accepts and says nothing.</summary>
    internal static Host Silent() => new((_, ct) => Task.Delay(Timeout.Infinite, ct));

    /// <summary>Accepts and hangs up.</summary>
    internal static Host Rude() => new((_, _) => Task.CompletedTask);

    /// <summary>Says a text at once and hangs up.</summary>
    internal static Host Saying(string text) => new(async (stream, ct) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text), ct));

    /// <summary>Says a text again and again, for ever.</summary>
    internal static Host Flooding(string first, string text) => new(async (stream, ct) =>
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(first), ct);
        while (true)
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), ct);
    });

    /// <summary>Says a text byte by byte, waiting after each.</summary>
    internal static Host Dripping(string text, TimeSpan pause) => new(async (stream, ct) =>
    {
        foreach (var b in Encoding.Latin1.GetBytes(text))
        {
            await stream.WriteAsync(new[] { b }, ct);
            await Task.Delay(pause, ct);
        }
    });

    /// <summary>Reads one request and answers; over TLS when there is a certificate.</summary>
    internal static Host Answering(Func<string, string> answer, X509Certificate2? certificate = null, X509Certificate2Collection? chain = null)
    {
        Host? self = null;
        self = new(async (stream, ct) =>
        {
            if (certificate is null)
            {
                await Answer(stream);
                return;
            }
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true) }, ct);
            await Answer(tls);
            await tls.ShutdownAsync();

            async Task Answer(Stream plain)
            {
                var buffer = new byte[4096];
                var request = "";
                while (!request.EndsWith("\r\n\r\n", StringComparison.Ordinal))
                {
                    var read = await plain.ReadAsync(buffer, ct);
                    if (read == 0)
                        return;
                    request += Encoding.Latin1.GetString(buffer, 0, read);
                }
                self!.Heard += request;
                await plain.WriteAsync(Encoding.UTF8.GetBytes(answer(request)), ct);
            }
        });
        return self;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(served);
        end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(end.Token);
                Connections++;
                served.Add(Serve(client));
                await Task.Yield();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException && end.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                await serve(client.GetStream(), end.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or AuthenticationException)
            {
                // The kit has hung up, or the test is over.
            }
        }
    }
}
