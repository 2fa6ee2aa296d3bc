namespace ClassContact.Kit.Computer;

/// <summary>What the kit's computer has, as far as that is not the same for all.</summary>
/// <param name="Battery">False for a computer without a battery: none is missed.</param>
/// <param name="Display">False for a computer without a screen of its own: none is missed.</param>
public sealed record ComputerSettings(bool Battery = true, bool Display = true);
