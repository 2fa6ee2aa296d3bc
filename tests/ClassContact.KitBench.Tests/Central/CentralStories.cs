[assembly: CollectionBehavior(DisableTestParallelization = true)] // one machine at a time: it has two processors, and so may the computer

namespace ClassContact.KitBench.Tests.Central;

/// <summary>Stories of the central machine, each on a machine of its own where both services run, at the beginning and at the end.</summary>
[Collection(nameof(InstalledCentral))]
public abstract class CentralStories(InstalledCentral installed) : IAsyncLifetime
{
    private CentralMachine? central;

    protected InstalledCentral Installed => installed;

    private protected CentralMachine Central => central ?? throw new InvalidOperationException("it does not run");

    private protected Machine Machine => Central.Machine;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => central = await installed.Machine();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (central is null) return;
        await using (central) await central.BothRun();
    }
}

/// <summary>All of them share what was installed.</summary>
[CollectionDefinition(nameof(InstalledCentral))]
public sealed class SharedCentral : ICollectionFixture<InstalledCentral>;
