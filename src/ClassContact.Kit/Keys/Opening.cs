using System.Runtime.Versioning;

namespace ClassContact.Kit.Keys;

/// <summary>What came of opening an input node.</summary>
internal abstract record Opening
{
    private Opening()
    {
    }

    /// <summary>A keyboard with the keys of a chord.</summary>
    [SupportedOSPlatform("linux")]
    public sealed record Ready(EvdevDevice Device) : Opening;

    /// <summary>A mouse, a lid, another keyboard than the configured one.</summary>
    public sealed record NotWanted : Opening;

    /// <summary>The node may not be read, perhaps not yet: udev gives the group a moment after the node appears.</summary>
    public sealed record NoPermission : Opening;

    /// <summary>The node is no longer there.</summary>
    public sealed record Gone : Opening;

    /// <summary>Something else.</summary>
    public sealed record Failed(string Why) : Opening;
}
