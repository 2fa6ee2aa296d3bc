namespace ClassContact.Kit.Sound;

/// <summary>A device as ALSA names it.</summary>
/// <param name="Name">What opens it: <c>default</c>, <c>hw:CARD=Speak,DEV=0</c>.</param>
/// <param name="Description">For people; may be empty.</param>
/// <param name="Records">It can be recorded from.</param>
/// <param name="Plays">It can be played to.</param>
internal sealed record SoundDevice(string Name, string Description, bool Records, bool Plays);

/// <summary>
/// The default microphone and loudspeaker, as a diagnosis uses them: what is recorded stays in memory and is never kept. All calls end in time,
/// whatever a driver does, with a <see cref="SoundException"/> for what went wrong.
/// </summary>
internal interface ISound
{
    /// <summary>Every device, in the system's order.</summary>
    Task<IReadOnlyList<SoundDevice>> List(CancellationToken ct);

    /// <summary>Records the default microphone, as <see cref="Pcm"/>.</summary>
    Task<short[]> Record(TimeSpan length, CancellationToken ct);

    /// <summary>Plays to the default loudspeaker, and completes when it has been heard.</summary>
    Task Play(short[] samples, CancellationToken ct);
}
