using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.RateLimiting;
using ClassContact.Helpdesk.Authority;
using ClassContact.Helpdesk.Bundles;
using ClassContact.Helpdesk.Doors;
using ClassContact.Helpdesk.Est;
using ClassContact.Helpdesk.Register;
using ClassContact.Helpdesk.Settings;
using ClassContact.Messages.Enrolling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClassContact.Helpdesk.Serve;

/// <summary>The signing service on Kestrel: TLS 1.2 or newer, HTTP/1.1, everything bounded.</summary>
internal static class EstServer
{
    /// <summary>A request for a P-521 key takes 600 bytes in base64. Bundles have a limit of their own.</summary>
    public const int LongestBody = 16 * 1024;

    /// <summary>From one address, in a minute. A kit asks four times when it enrols; a school's kits share an address.</summary>
    public const int RequestsPerMinute = 120;

    /// <summary>Codes tried from one address, in a minute.</summary>
    public const int CodesPerMinute = 20;

    /// <summary>Makes the server; it listens once it is started.</summary>
    /// <exception cref="InvalidDataException">A file of the settings cannot be used; names it.</exception>
    public static WebApplication Create(HelpdeskSettings settings, KitAuthority authority, TimeProvider time, Action<ILoggingBuilder> logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel((_, kestrel) =>
        {
            Limit(kestrel);
            var log = Log(kestrel.ApplicationServices);
            kestrel.Listen(settings.EndPoint, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(Tls(new(settings.CertificateFile, settings.KeyFile, log)));
            });
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddRateLimiter(Limit);
        var register = new KitRegister(settings, time);
        builder.Services.AddHostedService(services => new UntoldRevocations(register, time, Log(services)));
        BundleShelf? shelf = null;
        BundleShelf Shelf(ILogger log) => shelf ??= new(settings.BundleFolder, time, log);
        builder.Services.AddHostedService(services => new OldBundles(Shelf(Log(services)), time, Log(services)));
        logs(builder.Logging.AddFilter("Microsoft", LogLevel.Warning));
        var server = builder.Build();
        var log = Log(server.Services);
        var desk = new EnrolmentDesk(authority, register, TimeSpan.FromDays(settings.CertificateDays), time, log) { DoorKey = settings.DoorKeyFile is { } file ? DoorKey.Read(file) : null };
        server.Use((http, next) => TellTrouble(http, next, log));
        server.UseRouting();
        server.UseRateLimiter();
        Endpoints.Map(server, desk);
        BundleEndpoint.Map(server, desk, Shelf(log));
        return server;
    }

    private static ILogger Log(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger("Enrolment");

    [SuppressMessage("Security", "CA5359:Do not disable certificate validation", Justification = "KitAuthority.Judge validates, at each request.")]
    private static TlsHandshakeCallbackOptions Tls(OwnCertificate own) => new()
    {
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = own.Current(),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateRequired = true, // it is asked for; who has none may still talk
            // TLS itself proves that the client holds the key. Whose certificate it is, KitAuthority.Judge says at each request, so that a kit is told
            // "expired" or "revoked" and not only that the connection was closed.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        }),
        HandshakeTimeout = TimeSpan.FromSeconds(10),
    };

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LongestBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = 8 * 1024;
        kestrel.Limits.MaxConcurrentConnections = 500; // a connection takes some 50 kB
        kestrel.Limits.MaxRequestBufferSize = 64 * 1024; // of a bundle that comes faster than the disk
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
    }

    private static void Limit(RateLimiterOptions limits)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => PerMinute(http, RequestsPerMinute));
        limits.AddPolicy(Endpoints.CodeLimit, http => PerMinute(http, CodesPerMinute));
    }

    private static RateLimitPartition<string> PerMinute(HttpContext http, int most) => RateLimitPartition.GetFixedWindowLimiter(
        Source(http.Connection.RemoteIpAddress), _ => new() { PermitLimit = most, Window = TimeSpan.FromMinutes(1) });

    /// <summary>Whose requests are counted together: an IPv4 address, or the 64 bits of an IPv6 network, within which anybody takes a new address at will.</summary>
    internal static string Source(IPAddress? address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => $"{address.MapToIPv4()}",
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)),
        _ => $"{address}",
    };

    // Expected trouble becomes an answer that a kit understands; what is not expected stays Kestrel's to tell.
    private static async Task TellTrouble(HttpContext http, RequestDelegate next, ILogger log)
    {
        try
        {
            await next(http);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = e.StatusCode; // too large, too slow, cut off: the sender's trouble
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException
            && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            log.LogError("{Path}: {Reason}", http.Request.Path.Value, e.Message);
            await Endpoints.Refuse(http, Refusals.Unable);
        }
    }
}
