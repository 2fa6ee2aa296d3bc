using System.Reflection;

namespace ClassContact.Agent;

/// <summary>This program, as it names itself.</summary>
internal static class Product
{
    public static string Version { get; } = typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
