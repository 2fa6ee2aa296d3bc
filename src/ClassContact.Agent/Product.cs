using System.Reflection;
using ClassContact.Kit.Serial;
using ClassContact.Kit.Sound;
using ClassContact.Mqtt;

namespace ClassContact.Agent;

/// <summary>This program, as it names itself.</summary>
internal static class Product
{
    /// <summary>The libraries of this build (<c>src/KitLibraries.props</c>).</summary>
    public static string Libraries { get; } = $"MQTT by {MqttLibrary.Name}, sound by {SoundLibrary.Name}, serial lines by {SerialLine.Library}";

    public static string Version { get; } = typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
