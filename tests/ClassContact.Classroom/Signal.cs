using System.Runtime.InteropServices;

namespace ClassContact.Classroom;

/// <summary>The signals that tests send, with Linux's numbers (signal(7)).</summary>
public enum Signal
{
    /// <summary>Ends a process at once; it cannot refuse.</summary>
    Kill = 9,

    /// <summary>Asks a process to end.</summary>
    Terminate = 15,

    /// <summary>Lets a stopped process go on.</summary>
    Continue = 18,

    /// <summary>Stops a process, which then is there but answers nothing.</summary>
    Stop = 19,
}

internal static class SignalNative
{
    /// <summary>kill(2); a negative id means the whole process group.</summary>
    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static extern int Send(int id, Signal signal);
}
