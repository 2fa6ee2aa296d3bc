using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClassContact.Mqtt.Mosquitto.Native;
using static ClassContact.Mqtt.Mosquitto.Native.LibMosquitto;

namespace ClassContact.Mqtt.Mosquitto;

/// <content>What libmosquitto calls.</content>
internal sealed unsafe partial class MosquittoHandle
{
    private const int LogLevelError = 8;

    /// <summary>An exception must never unwind native frames. Nor may errno change: the library looks at it after its callbacks.</summary>
    private static void Guard(nint context, Action<MosquittoHandle> told)
    {
        if (GCHandle.FromIntPtr(context).Target is not MosquittoHandle me)
            return;
        try
        {
            told(me);
        }
        catch (Exception e)
        {
            me.Fault ??= e;
        }
        Marshal.SetLastSystemError(0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnect(nint handle, nint context, int reason, int flags, nint properties) =>
        Guard(context, me => me.events.Connected(reason));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDisconnect(nint handle, nint context, int reason, nint properties) =>
        Guard(context, me => me.events.Ended(reason));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPublish(nint handle, nint context, int id, int reason, nint properties) =>
        Guard(context, me => me.events.Answered(id, reason));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSubscribe(nint handle, nint context, int id, int count, int* granted, nint properties) =>
        Guard(context, me => me.events.Answered(id, count > 0 ? granted[0] : 0x80));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(nint handle, nint context, Message* message, nint properties) => Guard(context, me => me.events.Arrived(new(
        Marshal.PtrToStringUTF8((nint)message->Topic) ?? "", new Span<byte>(message->Payload, message->PayloadLength).ToArray(), message->Retain != 0)));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLog(nint handle, nint context, int level, byte* text)
    {
        if (level != LogLevelError)
            return;
        Guard(context, me =>
        {
            me.errors.Add(Marshal.PtrToStringUTF8((nint)text) ?? "");
            me.refusal ??= OpenSsl.WhyRefused(mosquitto_ssl_get(handle)); // now: the library may free it before its call returns
        });
    }

    /// <summary>OpenSSL would otherwise ask for the key's pass phrase on the terminal and wait.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int NoPassword(byte* buffer, int size, int writing, nint context) => -1;
}
