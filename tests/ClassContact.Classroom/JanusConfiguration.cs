using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ClassContact.Classroom;

/// <summary>The configuration folder of a Janus that only talks WebSocket on 127.0.0.1, media on one address of this machine, and only offers room 1234.</summary>
internal static class JanusConfiguration
{
    /// <summary>Where Debian puts the parts that Janus loads.</summary>
    private const string Parts = "/usr/lib/x86_64-linux-gnu/janus";

    /// <summary>Writes the folder and returns it.</summary>
    public static string Write(string folder, int socketPort, int sessionSeconds)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "janus.jcfg"), Main(folder, sessionSeconds));
        File.WriteAllText(Path.Combine(folder, "janus.transport.websockets.jcfg"), $$"""
            general: { ws = true, ws_port = {{socketPort}}, ws_ip = "127.0.0.1", wss = false }
            admin: { admin_ws = false, admin_wss = false }
            """);
        File.WriteAllText(Path.Combine(folder, "janus.plugin.videoroom.jcfg"), """
            general: { }
            room-1234: { description = "Classroom", publishers = 6, bitrate = 512000, fir_freq = 10, record = false }
            """);
        return folder;
    }

    private static string Main(string folder, int sessionSeconds) => $$"""
        general: {
            configs_folder = "{{folder}}"
            plugins_folder = "{{Parts}}/plugins"
            transports_folder = "{{Parts}}/transports"
            events_folder = "{{folder}}"
            loggers_folder = "{{folder}}"
            debug_level = 4
            session_timeout = {{sessionSeconds}}
            debug_timestamps = true
        }
        nat: { ice_enforce_list = "{{OwnAddress()}}" }
        plugins: { disable = "{{AllBut("plugins", "libjanus_videoroom.so")}}" }
        transports: { disable = "{{AllBut("transports", "libjanus_websockets.so")}}" }
        """;

    // Janus offers no loopback address for media, so one address of this machine has to do; without a network there is none.
    private static string OwnAddress() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .OrderByDescending(i => i.GetIPProperties().GatewayAddresses.Count)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork, IPAddress.Loopback)
            .ToString();

    private static string AllBut(string kind, string wanted) =>
        string.Join(',', Directory.EnumerateFiles(Path.Combine(Parts, kind), "*.so").Select(Path.GetFileName).Where(name => name != wanted));
}
