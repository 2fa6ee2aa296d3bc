using System.Net.Sockets;
using System.Text.Json;
using ClassContact.Agent.Local;
using ClassContact.Kit.Call;
using ClassContact.Kit.Settings;
using ClassContact.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClassContact.Agent.Diagnose;

/// <summary>Whether a class is on: then no device may be probed.</summary>
internal enum LessonState
{
    /// <summary>None is.</summary>
    None,

    /// <summary>One is, or may be: an agent that died leaves its class running.</summary>
    On,

    /// <summary>This user may not know.</summary>
    Unknown,
}

/// <summary>Asks the agent whether a class is on, and without an agent looks for the consent that it left.</summary>
internal sealed class Lesson(Setup setup, TimeProvider time)
{
    /// <summary>A press during a diagnosis frees the microphone within this and what a check takes to heed it.</summary>
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks once; with the agent's status where one runs.</summary>
    public async Task<(LessonState State, KitStatus? Status)> Ask(CancellationToken ct)
    {
        try
        {
            var status = (await PressClient.Ask(PressSocket.PathIn(setup.Folders.Run), "status", time, ct)).Status;
            return status is null ? (WithoutAgent(), null) : (status.Call.State is CallPhase.Standby or CallPhase.Faulted ? LessonState.None : LessonState.On, status);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AccessDenied)
        {
            return (LessonState.Unknown, null);
        }
        catch (Exception e) when (e is SocketException or TimeoutException or JsonException or IOException)
        {
            return (WithoutAgent(), null);
        }
    }

    /// <summary>Completes when a class begins, or when asked to end.</summary>
    public async Task Begins(CancellationToken ct)
    {
        do
            await Task.Delay(Often, time, ct);
        while ((await Ask(ct)).State is not LessonState.On);
    }

    private LessonState WithoutAgent() =>
        !new ConsentFile(setup.Folders.Run, NullLogger.Instance).TryRead(time.GetElapsedTime(0), out var launch) ? LessonState.Unknown
        : launch is null ? LessonState.None : LessonState.On;
}
