using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ClassContact.Kit.Tools;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;
using ClassContact.Mqtt;

namespace ClassContact.Kit.Enrolment;

/// <summary>
/// The kit's side of the signing service (EST, RFC 7030, and the meeting's link). One for a handful of questions, then gone. The proxy is the one
/// that the broker's settings name, else that of the environment. Every method throws <see cref="EnrolmentException"/> for whatever the service or the way to it does.
/// </summary>
internal sealed class EstClient : IDisposable
{
    /// <summary>A certificate has 1 kB; an answer that is far longer is none of ours.</summary>
    private const int LongestAnswer = 64 * 1024;

    /// <summary>For a question with its answer, the slowest school line included; our choice.</summary>
    private static readonly TimeSpan AnswerMayTake = TimeSpan.FromSeconds(30);

    /// <summary>For a bundle of the greatest length at the pace of a class (<see cref="BundlePost.InClass"/>), and as much again; all of it only as long as it moves.</summary>
    private static readonly TimeSpan SendingMayTake = TimeSpan.FromMinutes(10);

    /// <summary>Until it says that it would take a bundle; then the kit begins to send in any case.</summary>
    private static readonly TimeSpan WelcomeMayTake = TimeSpan.FromSeconds(5);

    /// <summary>The service may take a minute to tell the broker's authority, and until then the kit must not lose its key.</summary>
    private static readonly TimeSpan RetiringMayTake = TimeSpan.FromSeconds(90);

    private readonly Uri server;
    private readonly ServiceTrust trust;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    /// <param name="server">Its address.</param>
    /// <param name="authorities">Who signed its certificate; null accepts anyone (<see cref="CaCerts"/> with a fingerprint).</param>
    /// <param name="own">The kit's certificate with its key; null while it has none.</param>
    /// <param name="time">The clock of deadlines.</param>
    /// <param name="broker">Whose proxy and login are the service's, too; null for a kit without one.</param>
    public EstClient(Uri server, X509Certificate2Collection? authorities, X509Certificate2? own, TimeProvider time, BrokerSettings? broker = null)
    {
        (this.server, this.time, trust) = (server, time, new(authorities));
        var way = new ServiceWay(broker, time);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, SslOptions = Tls(trust, own), UseProxy = way.IsOfEnvironment, ConnectCallback = way.Connect,
            Expect100ContinueTimeout = WelcomeMayTake,
        };
        http = new(handler) { MaxResponseContentBufferSize = LongestAnswer, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The authority's certificates.</summary>
    public async Task<IReadOnlyList<X509Certificate2>> CaCerts(CancellationToken ct) =>
        Certificates(await Ask(new(HttpMethod.Get, new Uri(server, EnrolPaths.CaCerts)), ct) ?? []);

    /// <summary>A first certificate, for a one-time code.</summary>
    public async Task<X509Certificate2> Enroll(KitId kit, string code, ECDsa key, CancellationToken ct)
    {
        var request = Signing(EnrolPaths.Enroll, kit, key);
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{kit}:{code}")));
        return Own(Certificates(await Ask(request, ct) ?? []), kit, key);
    }

    /// <summary>The next certificate.</summary>
    public async Task<X509Certificate2> Reenroll(KitId kit, ECDsa key, CancellationToken ct) =>
        Own(Certificates(await Ask(Signing(EnrolPaths.Reenroll, kit, key), ct) ?? []), kit, key);

    /// <summary>The kit's room and link; null when none was set.</summary>
    public async Task<RoomLink?> Link(CancellationToken ct) => await Ask(new(HttpMethod.Get, new Uri(server, EnrolPaths.Link)), ct) is { } json
        ? RoomLink.Parse(json) ?? throw new EnrolmentException(EnrolmentException.BadAnswer, $"{server.Authority}: gave a meeting link that cannot be used")
        : null;

    /// <summary>The secret of the kit's door; null where the service has none to give, or is of a time before doors.</summary>
    public async Task<byte[]?> DoorSecret(CancellationToken ct)
    {
        var secret = await Ask(new(HttpMethod.Get, new Uri(server, EnrolPaths.Door)), ct, isOptional: true);
        return secret is null or { Length: DoorCode.SecretLength } ? secret
            : throw new EnrolmentException(EnrolmentException.BadAnswer, $"{server.Authority}: gave a door's secret that cannot be used");
    }

    /// <summary>Gives a bundle to the service, which is asked first whether it wants one. One that is not reached, takes no more of it, or does not answer after its end
    /// is given up after half a minute: other requests wait, and a line stands over the class.</summary>
    public async Task<KeptBundle> Send(PacedContent bundle, CancellationToken ct)
    {
        using var still = new CancellationTokenSource(AnswerMayTake, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, still.Token);
        bundle.Moved = () => still.CancelAfter(AnswerMayTake);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, EnrolPaths.Bundles)) { Content = bundle };
        request.Headers.ExpectContinue = true;
        try
        {
            return KeptBundle.Parse(await Ask(request, either.Token, SendingMayTake) ?? [])
                ?? throw new EnrolmentException(EnrolmentException.BadAnswer, $"{server.Authority}: does not say under which name it keeps the bundle");
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new EnrolmentException(EnrolmentException.Unreachable, $"{server.Authority}: took nothing and said nothing for {AnswerMayTake.TotalSeconds} s", e);
        }
    }

    /// <summary>Takes the kit out of use: all its certificates are revoked.</summary>
    public Task Retire(CancellationToken ct) => Ask(new(HttpMethod.Post, new Uri(server, EnrolPaths.Retire)), ct, RetiringMayTake);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static SslClientAuthenticationOptions Tls(ServiceTrust trust, X509Certificate2? own) => new()
    {
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificates = own is null ? null : [own],
        LocalCertificateSelectionCallback = own is null ? null : (_, _, _, _, _) => own, // whatever authorities the service hints at
        RemoteCertificateValidationCallback = (_, server, _, errors) => trust.Judge(server as X509Certificate2, errors),
        AllowRenegotiation = false,
    };

    private HttpRequestMessage Signing(string path, KitId kit, ECDsa key)
    {
        var asked = new CertificateRequest($"CN={kit}", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        var body = new StringContent(Convert.ToBase64String(asked), Encoding.ASCII);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/pkcs10");
        body.Headers.Add("Content-Transfer-Encoding", "base64");
        return new(HttpMethod.Post, new Uri(server, path)) { Content = body };
    }

    // The answer's body; null for an empty one, and for what an older service does not know.
    private async Task<byte[]?> Ask(HttpRequestMessage request, CancellationToken ct, TimeSpan? mayTake = null, bool isOptional = false)
    {
        var patience = mayTake ?? AnswerMayTake;
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            using (request)
            using (var answer = await http.SendAsync(request, either.Token))
            {
                if (answer.StatusCode is HttpStatusCode.NoContent || (isOptional && answer.StatusCode is HttpStatusCode.NotFound))
                    return null;
                var body = await answer.Content.ReadAsByteArrayAsync(either.Token);
                return answer.StatusCode is HttpStatusCode.OK ? body : throw Refused(answer.StatusCode, body);
            }
        }
        catch (HttpRequestException e)
        {
            throw trust.Trouble is { } trouble
                ? new EnrolmentException(EnrolmentException.Untrusted, $"{server.Authority}: not trusted: {trouble}", e)
                : e.HttpRequestError is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded
                ? new EnrolmentException(EnrolmentException.BadAnswer, $"{server.Authority}: answers, and not as the signing service does", e)
                : new EnrolmentException(EnrolmentException.Unreachable, $"{server.Authority}: {(e.InnerException ?? e).Message}", e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new EnrolmentException(EnrolmentException.Unreachable, $"{server.Authority}: no answer within {patience.TotalSeconds} s", e);
        }
    }

    // A refusal is "code: sentence"; anything else comes from something else in between.
    private EnrolmentException Refused(HttpStatusCode status, byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        return Refusals.All.FirstOrDefault(code => text.StartsWith(code + ":", StringComparison.Ordinal)) is { } known
            ? new(known, $"{server.Authority}: {SafeText.Of(text[(known.Length + 1)..], 200)}")
            : new(EnrolmentException.BadAnswer, $"{server.Authority}: answered {(int)status}, and not as the signing service does");
    }

    private IReadOnlyList<X509Certificate2> Certificates(byte[] base64)
    {
        try
        {
            var found = CertsOnly.Read(Convert.FromBase64String(Encoding.ASCII.GetString(base64)));
            return found.Count > 0 ? found : throw new CryptographicException("it is empty");
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            throw new EnrolmentException(EnrolmentException.BadAnswer, $"{server.Authority}: gave no certificate that can be read", e);
        }
    }

    private X509Certificate2 Own(IReadOnlyList<X509Certificate2> given, KitId kit, ECDsa key) =>
        given.FirstOrDefault(c => c.Subject == $"CN={kit}" && c.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()))
        ?? throw new EnrolmentException(EnrolmentException.BadAnswer, $"{server.Authority}: gave a certificate of another kit or for another key");
}
