using ClassContact.KitBench.Image;

namespace ClassContact.KitBench;

/// <summary>A machine as it stood at one moment: memory, devices and disk. Any number of machines go on from there; it must outlive them.</summary>
public sealed class Checkpoint : IAsyncDisposable
{
    private readonly MachineFolder folder;
    private readonly Keeper keeper;

    internal Checkpoint(MachineImage image, MachineFolder folder, Keeper keeper) => (Image, this.folder, this.keeper) = (image, folder, keeper);

    internal MachineImage Image { get; }

    internal string Disk => folder.Disk;

    internal string State => folder.State;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => keeper.DisposeAsync();
}
