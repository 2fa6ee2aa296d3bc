using System.Diagnostics;
using ClassContact.Classroom;

namespace ClassContact.KitBench;

/// <summary>
/// Turns one machine's QEMU on and off from a process of its own (the script <c>keeper</c>), which ends the machine and removes its folder
/// when this program ends, also when this program is killed.
/// </summary>
internal sealed class Keeper : IAsyncDisposable
{
    private readonly Process process;

    private Keeper(Process process) => this.process = process;

    /// <summary>Begins to keep a machine, which is still off. The folder is the keeper's from here on.</summary>
    public static Keeper Of(string folder)
    {
        var script = Path.Combine(Checkout.Root, "tests/ClassContact.KitBench/keeper");
        // A session of its own: Ctrl-C is not for it.
        return new(Process.Start(new ProcessStartInfo("setsid", [script, folder]) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
    }

    /// <summary>Starts what stands in the folder's file <c>command</c>.</summary>
    public Task On() => Say("on");

    /// <summary>Kills it; comes back when it is gone.</summary>
    public Task Cut() => Say("cut");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(WaitFor.Generous);
        process.Dispose();
    }

    private async Task Say(string word)
    {
        await process.StandardInput.WriteLineAsync(word);
        await process.StandardInput.FlushAsync();
        if (await process.StandardOutput.ReadLineAsync().WaitAsync(WaitFor.Generous) != word)
            throw new IOException($"the keeper did not answer '{word}'");
    }
}
