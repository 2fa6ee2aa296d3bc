using System.Net;
using System.Net.Sockets;

namespace ClassContact.Classroom;

/// <summary>Free TCP ports on 127.0.0.1.</summary>
public static class Ports
{
    /// <summary>A port that was free a moment ago. Another process may take it first: whoever binds it must be ready to ask again.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
