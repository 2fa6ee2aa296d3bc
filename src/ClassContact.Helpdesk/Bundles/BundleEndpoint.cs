using ClassContact.Helpdesk.Est;
using ClassContact.Messages.Enrolling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace ClassContact.Helpdesk.Bundles;

/// <summary>The address to which kits send bundles.</summary>
internal static class BundleEndpoint
{
    /// <summary>Adds it.</summary>
    public static void Map(IEndpointRouteBuilder to, EnrolmentDesk desk, BundleShelf shelf) => to.MapPost(EnrolPaths.Bundles, async http =>
    {
        // Who it is comes first: of anybody else not a byte is read, and a kit that asks before it sends sends none.
        var answer = await desk.ForKit<KeptBundle>(await http.Connection.GetClientCertificateAsync(http.RequestAborted), async kit =>
        {
            if (http.Request.ContentType != KeptBundle.MediaType)
                return new(null, Refusals.BadRequest, Words.HelpdeskWords.Say("bundle.type", ("type", KeptBundle.MediaType)));
            http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = KeptBundle.Longest + (64 * 1024); // the shelf says what is too large; frames around chunks count here
            return await shelf.Keep(kit, http.Request.ContentLength, http.Request.Body, http.RequestAborted);
        });
        if (answer.Given is { } kept)
            await Endpoints.Send(http, kept.ToJson(), "application/json");
        else
            await Endpoints.Refuse(http, answer.Refusal!, answer.Why);
    });
}
