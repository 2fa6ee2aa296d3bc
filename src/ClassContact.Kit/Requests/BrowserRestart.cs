using ClassContact.Kit.Call;

namespace ClassContact.Kit.Requests;

/// <summary>Closes the kiosk's browser, which the kiosk starts again, and waits until the next one answers.</summary>
/// <param name="close">Closes it; false where there is none.</param>
/// <param name="time">Of the patience.</param>
public sealed class BrowserRestart(Func<Task<bool>> close, TimeProvider time)
{
    /// <summary>Killed browsers were back after 0.5 to 5 s here; a slow kit may take ten times that.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(50);

    private TaskCompletionSource gone = new();
    private TaskCompletionSource back = new();

    /// <summary>Told of all that the browser's worker sees.</summary>
    public void Seen(CallEvent e)
    {
        if (e is BrowserGone)
            Volatile.Read(ref gone).TrySetResult();
        else if (e is BrowserAttached && Volatile.Read(ref gone).Task.IsCompleted)
            Volatile.Read(ref back).TrySetResult();
    }

    /// <summary>Null when a new browser answers; <c>no-browser</c> where there was none, <c>too-slow</c> where none came.</summary>
    public async Task<string?> Run(CancellationToken ct)
    {
        Volatile.Write(ref back, new(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref gone, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!await close())
            return "no-browser";
        try
        {
            await back.Task.WaitAsync(Patience, time, ct);
            return null;
        }
        catch (TimeoutException)
        {
            return "too-slow";
        }
    }
}
