using System.Runtime.InteropServices;

namespace ClassContact.Mqtt.Mosquitto.Native;

/// <summary>What we use of <c>mosquitto.h</c>, 2.0.11, letter by letter. A handle is an <c>nint</c>, 0 is NULL.</summary>
internal static unsafe partial class LibMosquitto
{
    internal const string Name = "libmosquitto.so.1";

    [LibraryImport(Name)]
    internal static partial int mosquitto_lib_init();

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint mosquitto_new(string id, [MarshalAs(UnmanagedType.U1)] bool cleanStart, nint userData);

    [LibraryImport(Name)]
    internal static partial void mosquitto_destroy(nint handle);

    [LibraryImport(Name)]
    internal static partial int mosquitto_int_option(nint handle, Option option, int value);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mosquitto_will_set_v5(
        nint handle, string topic, int length, byte* payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    // errno tells why.
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int mosquitto_connect_bind_v5(nint handle, string host, int port, int keepAlive, string? bindAddress, nint properties);

    [LibraryImport(Name)]
    internal static partial int mosquitto_disconnect_v5(nint handle, int reason, nint properties);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int mosquitto_publish_v5(
        nint handle, out int id, string topic, int length, byte* payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int mosquitto_subscribe_v5(nint handle, out int id, string filter, int qos, int options, nint properties);

    [LibraryImport(Name)]
    internal static partial int mosquitto_socket(nint handle);

    [LibraryImport(Name)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool mosquitto_want_write(nint handle);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int mosquitto_loop_read(nint handle, int maxPackets);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int mosquitto_loop_write(nint handle, int maxPackets);

    [LibraryImport(Name, SetLastError = true)]
    internal static partial int mosquitto_loop_misc(nint handle);

    [LibraryImport(Name)]
    internal static partial nint mosquitto_strerror(int code);

    [LibraryImport(Name)]
    internal static partial nint mosquitto_reason_string(int code);

    [LibraryImport(Name)]
    internal static partial void mosquitto_connect_v5_callback_set(nint handle, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Name)]
    internal static partial void mosquitto_disconnect_v5_callback_set(nint handle, delegate* unmanaged[Cdecl]<nint, nint, int, nint, void> callback);

    [LibraryImport(Name)]
    internal static partial void mosquitto_publish_v5_callback_set(nint handle, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Name)]
    internal static partial void mosquitto_subscribe_v5_callback_set(nint handle, delegate* unmanaged[Cdecl]<nint, nint, int, int, int*, nint, void> callback);

    [LibraryImport(Name)]
    internal static partial void mosquitto_message_v5_callback_set(nint handle, delegate* unmanaged[Cdecl]<nint, nint, Message*, nint, void> callback);

    /// <summary><c>enum mosq_opt_t</c>.</summary>
    internal enum Option
    {
        ProtocolVersion = 1,
    }

    /// <summary><c>struct mosquitto_message</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Message
    {
        internal int Id;
        internal byte* Topic;
        internal byte* Payload;
        internal int PayloadLength;
        internal int Qos;
        internal byte Retain;
    }
}
