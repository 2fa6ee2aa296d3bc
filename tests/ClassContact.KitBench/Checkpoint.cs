using ClassContact.KitBench.Image;

namespace ClassContact.KitBench;

/// <summary>A machine as it stood at one moment: memory, devices and disk. Any number of machines go on from there; it must outlive them.</summary>
public sealed class Checkpoint : IAsyncDisposable
{
    private readonly MachineFolder folder;
    private readonly Keeper? keeper; // of a folder that goes with us

    internal Checkpoint(MachineImage image, Hardware hardware, MachineFolder folder, Keeper? keeper) =>
        (Image, Hardware, this.folder, this.keeper) = (image, hardware, folder, keeper);

    internal MachineImage Image { get; }

    internal Hardware Hardware { get; }

    internal string Disk => folder.Disk;

    internal string State => folder.State;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => keeper?.DisposeAsync() ?? default;
}
