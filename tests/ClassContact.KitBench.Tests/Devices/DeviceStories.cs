namespace ClassContact.KitBench.Tests.Devices;

/// <summary>Stories of devices and the kernel's own drivers, each on a machine of its own.</summary>
[Collection(nameof(KnownDevices))]
public abstract class DeviceStories(KnownDevices known) : IAsyncLifetime
{
    private Machine? machine;

    private protected Machine Machine => machine ?? throw new InvalidOperationException("it does not run");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => machine = await known.Machine();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return machine?.DisposeAsync() ?? default;
    }
}
