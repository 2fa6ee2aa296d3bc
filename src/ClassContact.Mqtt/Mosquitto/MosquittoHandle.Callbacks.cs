using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static ClassContact.Mqtt.Mosquitto.Native.LibMosquitto;

namespace ClassContact.Mqtt.Mosquitto;

/// <content>What libmosquitto calls.</content>
internal sealed unsafe partial class MosquittoHandle
{
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
}
