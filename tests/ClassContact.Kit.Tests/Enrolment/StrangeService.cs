using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ClassContact.Kit.Tests.Enrolment;

/// <summary>A TLS server of 127.0.0.1 that answers every request with the same bytes and closes; with none it closes at once, with null it says nothing.</summary>
internal sealed class StrangeService : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 own;
    private readonly byte[]? answer;
    private readonly Task serving;

    /// <summary>Said as soon as it was asked.</summary>
    public string Welcome { get; init; } = "";

    public StrangeService(string? answer)
    {
        this.answer = answer is null ? null : Encoding.UTF8.GetBytes(answer);
        own = Certificate("127.0.0.1", "1.3.6.1.5.5.7.3.1");
        listener.Start();
        serving = Serve();
    }

    public Uri Address => new($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public X509Certificate2Collection Authorities => [own];

    /// <summary>Completes when the first request has come.</summary>
    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A certificate that nobody else signed, good for an address and one use.</summary>
    public static X509Certificate2 Certificate(string name, string use)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        own.Dispose();
        stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await Answer(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException) // it listens no more
        {
            // The test is over.
        }
    }

    private async Task Answer(TcpClient client)
    {
        try
        {
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = own }, stop.Token);
            await tls.ReadAtLeastAsync(new byte[16 * 1024], 1, throwOnEndOfStream: false, stop.Token);
            Asked.TrySetResult();
            await tls.WriteAsync(Encoding.UTF8.GetBytes(Welcome), stop.Token);
            if (answer is null)
                await Task.Delay(Timeout.Infinite, stop.Token);
            await tls.WriteAsync(answer, stop.Token);
            await tls.ShutdownAsync();
            var rest = new byte[16 * 1024];
            while (await client.GetStream().ReadAsync(rest, stop.Token) > 0) // closed on what was not read it would be a reset, which overtakes the answer
            {
            }
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away; the next may come.
        }
    }
}
