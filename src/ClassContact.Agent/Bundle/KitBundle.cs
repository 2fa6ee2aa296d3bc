using System.Text.Json;
using ClassContact.Agent.Local;
using ClassContact.Kit.Bundle;

namespace ClassContact.Agent.Bundle;

/// <summary>What this program has to say in a bundle.</summary>
internal static class KitBundle
{
    /// <summary>Its versions, and what the running agent says of itself.</summary>
    /// <param name="status">Null where no agent answers.</param>
    public static BundleFacts Facts(KitStatus? status) =>
        new(Product.Version, Product.Libraries, status is null ? null : JsonSerializer.SerializeToNode(status, LocalJson.Default.KitStatus));
}
