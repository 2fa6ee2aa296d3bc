using System.Security.Cryptography.X509Certificates;
using System.Text;
using ClassContact.Helpdesk.Words;
using ClassContact.Messages.Enrolling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClassContact.Helpdesk.Est;

/// <summary>The six addresses of certificates, links and doors over HTTP.</summary>
internal static class Endpoints
{
    /// <summary>The limit for whoever tries codes.</summary>
    public const string CodeLimit = "codes";

    private const string Certificates = "application/pkcs7-mime";

    /// <summary>Adds them all.</summary>
    public static void Map(IEndpointRouteBuilder to, EnrolmentDesk desk)
    {
        to.MapGet(EnrolPaths.CaCerts, http => Pkcs7(http, desk.CaCerts(), Certificates));
        to.MapPost(EnrolPaths.Enroll, http => Enroll(http, desk)).RequireRateLimiting(CodeLimit);
        to.MapPost(EnrolPaths.Reenroll, async http =>
            await Certificate(http, await desk.Reenroll(await Client(http), await Body(http), http.RequestAborted)));
        to.MapGet(EnrolPaths.Link, async http =>
        {
            var answer = await desk.Link(await Client(http));
            if (answer is { Given: null, Refusal: null })
                http.Response.StatusCode = StatusCodes.Status204NoContent;
            else if (answer.Given is { } link)
                await Send(http, link.ToJson(), "application/json");
            else
                await Refuse(http, answer.Refusal!, answer.Why);
        });
        to.MapGet(EnrolPaths.Door, async http =>
        {
            var answer = await desk.DoorSecret(await Client(http));
            if (answer is { Given: null, Refusal: null })
                http.Response.StatusCode = StatusCodes.Status204NoContent;
            else if (answer.Given is { } secret)
                await Send(http, secret, "application/octet-stream");
            else
                await Refuse(http, answer.Refusal!, answer.Why);
        });
        to.MapPost(EnrolPaths.Retire, async http =>
        {
            var answer = await desk.Retire(await Client(http), http.RequestAborted);
            if (answer.Refusal is { } refusal)
                await Refuse(http, refusal, answer.Why);
            else
                http.Response.StatusCode = StatusCodes.Status204NoContent;
        });
    }

    /// <summary>Says no: a code, a colon and a sentence, as text.</summary>
    public static Task Refuse(HttpContext http, string refusal, string? why = null)
    {
        http.Response.StatusCode = refusal switch
        {
            Refusals.BadRequest => StatusCodes.Status400BadRequest,
            Refusals.WrongCode or Refusals.CodeUsed or Refusals.CodeExpired or Refusals.CodeBlocked => StatusCodes.Status401Unauthorized,
            Refusals.TooLarge => StatusCodes.Status413PayloadTooLarge,
            Refusals.NoRoom => StatusCodes.Status507InsufficientStorage,
            Refusals.Unable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status403Forbidden,
        };
        if (http.Response.StatusCode == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"classcontact\", charset=\"UTF-8\"";
        return Send(http, Encoding.UTF8.GetBytes($"{refusal}: {why ?? HelpdeskWords.Say("refusal." + refusal)}\n"), "text/plain; charset=utf-8");
    }

    private static async Task Enroll(HttpContext http, EnrolmentDesk desk)
    {
        if (BasicLogin.Parse(http.Request.Headers.Authorization) is var (name, code))
            await Certificate(http, await desk.Enroll(name, code, await Body(http), http.RequestAborted));
        else
            await Refuse(http, Refusals.WrongCode);
    }

    private static async Task Certificate(HttpContext http, Answer<X509Certificate2> answer)
    {
        using var signed = answer.Given;
        if (signed is not null)
            await Pkcs7(http, Authority.KitAuthority.CertsOnly(signed), Certificates + "; smime-type=certs-only");
        else
            await Refuse(http, answer.Refusal!, answer.Why);
    }

    private static Task Pkcs7(HttpContext http, byte[] der, string type)
    {
        http.Response.Headers["Content-Transfer-Encoding"] = "base64"; // RFC 7030, 4.1.3; RFC 8951 makes it a formality
        var text = Convert.ToBase64String(der, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n"); // base64(1) stumbles over a CR
        return Send(http, Encoding.ASCII.GetBytes(text + "\n"), type);
    }

    /// <summary>Answers.</summary>
    public static async Task Send(HttpContext http, byte[] body, string type)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static Task<X509Certificate2?> Client(HttpContext http) => http.Connection.GetClientCertificateAsync(http.RequestAborted);

    // Kestrel ends a longer one (EstServer.LongestBody) with 413.
    private static async Task<byte[]> Body(HttpContext http)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.ToArray();
    }
}
