using System.Net.NetworkInformation;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ClassContact.Kit.Native;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Health;

/// <summary>
/// Tells when a device, a screen, the power or the network changed, so that checks look at once. One thread sleeps in poll(2) and the runtime's
/// own in recv(2): nothing wakes while nothing happens. What cannot be heard is logged once, and the checks' schedule remains.
/// </summary>
/// <param name="wake">Told on a thread of the pool; it must return at once.</param>
/// <param name="time">Of the pause after the first event.</param>
/// <param name="log">Of what cannot be heard.</param>
[SupportedOSPlatform("linux")]
public sealed class Hotplug(Action<Wakes> wake, TimeProvider time, ILogger log)
{
    /// <summary>What an event of a subsystem makes worth looking at. Tests listen to one that they can provoke.</summary>
    internal Func<string, Wakes> Wakes { get; init; } = HotplugEvent.Wakes;

    /// <summary>Told when listening has begun.</summary>
    internal Action Listening { get; init; } = () => { };

    /// <summary>Listens until it is cancelled, or can no longer: then the schedule remains.</summary>
    public Task Run(CancellationToken ct) =>
        Task.Factory.StartNew(() => TryListen(ct), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void TryListen(CancellationToken ct)
    {
        try
        {
            Listen(ct);
        }
        catch (IOException e)
        {
            log.LogWarning("Events cannot be heard any more: {Why}. Checks look on their schedule alone", e.Message);
        }
    }

    private void Listen(CancellationToken ct)
    {
        using var pause = new HotplugPause(wake, time);
        using var network = ListenToNetwork(pause);
        using var socket = HotplugSocket.TryOpen(out var why);
        if (socket is null)
            log.LogWarning("The kernel's device events cannot be heard: {Why}. Checks look on their schedule alone", why);
        using var stopped = new Wake();
        using var stop = ct.Register(stopped.Signal);
        Listening();
        while (!ct.IsCancellationRequested)
        {
            Wait(stopped.Descriptor, socket?.Descriptor ?? -1); // poll(2) ignores -1
            if (socket is not null)
                pause.Add(socket.Read(Wakes));
        }
    }

    private static void Wait(int stopped, int socket)
    {
        var set = new[] { new Libc.PollFd { Fd = stopped, Events = Libc.Readable }, new Libc.PollFd { Fd = socket, Events = Libc.Readable } };
        if (Libc.Poll(ref set[0], (nuint)set.Length, -1) < 0 && Marshal.GetLastPInvokeError() is not Libc.Eintr and var errno)
            throw new IOException($"poll: {Marshal.GetPInvokeErrorMessage(errno)}");
    }

    private NetworkEvents? ListenToNetwork(HotplugPause pause)
    {
        try
        {
            return new(() => pause.Add(Health.Wakes.Network));
        }
        catch (NetworkInformationException e)
        {
            log.LogWarning("Changes of the network cannot be heard: {Why}. Checks look on their schedule alone", e.Message);
            return null;
        }
    }

    private sealed class NetworkEvents : IDisposable
    {
        private readonly NetworkAddressChangedEventHandler addresses;
        private readonly NetworkAvailabilityChangedEventHandler availability;

        public NetworkEvents(Action changed)
        {
            addresses = (_, _) => changed();
            availability = (_, _) => changed();
            NetworkChange.NetworkAddressChanged += addresses;
            NetworkChange.NetworkAvailabilityChanged += availability;
        }

        public void Dispose()
        {
            NetworkChange.NetworkAddressChanged -= addresses;
            NetworkChange.NetworkAvailabilityChanged -= availability;
        }
    }
}
