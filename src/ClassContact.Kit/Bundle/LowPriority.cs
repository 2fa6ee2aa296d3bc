using System.Runtime.Versioning;
using ClassContact.Kit.Native;

namespace ClassContact.Kit.Bundle;

/// <summary>Work that waits for everything else: a class that is on is not to notice it.</summary>
[SupportedOSPlatform("linux")]
internal static class LowPriority
{
    /// <summary>Runs it on a thread of its own, which, with the programs that it starts, the system lets work when nothing else wants to.</summary>
    internal static Task<T> Run<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            LibcPriority.Set(LibcPriority.Lowest);
            try
            {
                done.SetResult(work());
            }
            catch (OperationCanceledException e)
            {
                done.SetCanceled(e.CancellationToken);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }) { IsBackground = true, Name = "Bundle" }.Start();
        return done.Task;
    }
}
