using ClassContact.KitBench.Image;

namespace ClassContact.KitBench.Tests;

/// <summary>A Debian 12 as it comes.</summary>
public sealed class PlainMachine : IAsyncLifetime
{
    private Machine? machine;

    /// <summary>The machine.</summary>
    public Machine Machine => machine ?? throw new InvalidOperationException("it did not start");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => machine = await Machine.Boot(await MachineImage.Get("broker"));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => machine?.DisposeAsync() ?? default;
}
