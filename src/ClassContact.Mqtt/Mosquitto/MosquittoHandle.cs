using System.Runtime.InteropServices;
using static ClassContact.Mqtt.Mosquitto.Native.LibMosquitto;

namespace ClassContact.Mqtt.Mosquitto;

/// <summary>What the library tells. All are called from inside the handle's own read and write calls, hence on their caller's thread.</summary>
/// <param name="Connected">CONNACK: its reason code.</param>
/// <param name="Answered">PUBACK or SUBACK: packet id and reason code; from 0x80 on it is a refusal.</param>
/// <param name="Arrived">A message, copied.</param>
/// <param name="Ended">DISCONNECT from the broker, or the library's own reason.</param>
internal sealed record MosquittoEvents(Action<int> Connected, Action<int, int> Answered, Action<MqttMessage> Arrived, Action<int> Ended);

/// <summary>
/// One libmosquitto client, without its thread and without its reconnect: it does something only while one of these methods runs, so the thread
/// that made it is the only one that may touch it, and no callback can come at a bad moment.
/// </summary>
internal sealed unsafe partial class MosquittoHandle : IDisposable
{
    private static readonly Lock Loading = new();
    private static bool loaded;
    private readonly MosquittoEvents events;
    private GCHandle self;
    private nint handle;

    internal MosquittoHandle(string clientId, MosquittoEvents events)
    {
        Load(Name);
        this.events = events;
        self = GCHandle.Alloc(this);
        handle = mosquitto_new(clientId, cleanStart: true, GCHandle.ToIntPtr(self));
        try
        {
            if (handle == 0)
                throw new MqttException($"'{clientId}' cannot be a client's name");
            Check("MQTT 5", mosquitto_int_option(handle, Option.ProtocolVersion, 5));
            mosquitto_connect_v5_callback_set(handle, &OnConnect);
            mosquitto_disconnect_v5_callback_set(handle, &OnDisconnect);
            mosquitto_publish_v5_callback_set(handle, &OnPublish);
            mosquitto_subscribe_v5_callback_set(handle, &OnSubscribe);
            mosquitto_message_v5_callback_set(handle, &OnMessage);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The socket's file descriptor; -1 when there is none (any more).</summary>
    internal int Socket => mosquitto_socket(handle);

    /// <summary>Bytes wait for room in the socket.</summary>
    internal bool WantsToWrite => mosquitto_want_write(handle);

    /// <summary>What a callback threw; it could not cross the library.</summary>
    internal Exception? Fault { get; private set; }

    /// <summary>Makes sure that the library is there.</summary>
    /// <exception cref="MqttException">It is not; names the Debian package.</exception>
    internal static void Load(string name)
    {
        lock (Loading)
        {
            if (loaded && name == Name)
                return;
            if (!NativeLibrary.TryLoad(name, typeof(MosquittoHandle).Assembly, null, out _))
                throw new MqttException($"{name} is missing: install the Debian package libmosquitto1");
            loaded = mosquitto_lib_init() == 0;
        }
    }

    internal void SetWill(MqttMessage will)
    {
        fixed (byte* payload = will.Payload.Span)
            Check("last will", mosquitto_will_set_v5(handle, will.Topic, will.Payload.Length, payload, 1, will.Retained, 0));
    }

    /// <summary>Connects to a Unix socket, for which the port is 0; CONNACK follows by reading.</summary>
    internal int Connect(string path, int keepAliveSeconds) => mosquitto_connect_bind_v5(handle, path, 0, keepAliveSeconds, null, 0);

    internal int Read() => mosquitto_loop_read(handle, 1);

    internal int Write() => mosquitto_loop_write(handle, 1);

    internal int KeepAlive() => mosquitto_loop_misc(handle);

    internal int Publish(MqttMessage message, out int id)
    {
        fixed (byte* payload = message.Payload.Span)
            return mosquitto_publish_v5(handle, out id, message.Topic, message.Payload.Length, payload, 1, message.Retained, 0);
    }

    internal int Subscribe(string filter, out int id) => mosquitto_subscribe_v5(handle, out id, filter, 1, 0, 0);

    /// <summary>Says goodbye, so that the will is not sent. After this only <see cref="Write"/> makes sense, until the socket is gone.</summary>
    internal void Disconnect() => _ = mosquitto_disconnect_v5(handle, 0, 0);

    public void Dispose()
    {
        mosquitto_destroy(handle);
        handle = 0;
        if (self.IsAllocated)
            self.Free();
    }

    private static void Check(string what, int code)
    {
        if (code != 0)
            throw new MqttException($"{what}: {MosquittoWords.Why(code)}");
    }
}
