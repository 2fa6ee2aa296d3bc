namespace ClassContact.Kit.Speakerphone;

/// <summary>Something wrong with the sound, as the check names it that would find it.</summary>
/// <param name="Check">The check's code: <c>speakerphone-default</c>.</param>
/// <param name="Reason">One of its reasons: <c>display</c>.</param>
public readonly record struct SoundFault(string Check, string Reason)
{
    /// <summary><c>speakerphone-default/display</c></summary>
    public override string ToString() => $"{Check}/{Reason}";
}

/// <summary>How the sound was before a call, and how it is now. Nothing in it names a device.</summary>
/// <param name="Wrong">What was wrong; empty when all was right or the kit has no speakerphone.</param>
/// <param name="Left">What still is, and what kept us from setting it right.</param>
public sealed record SoundPrepared(IReadOnlyList<SoundFault> Wrong, IReadOnlyList<SoundFault> Left)
{
    /// <summary>Nothing was wrong, or nothing was asked for.</summary>
    public static readonly SoundPrepared Right = new([], []);
}
