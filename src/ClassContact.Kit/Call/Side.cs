namespace ClassContact.Kit.Call;

/// <summary>Whose trouble it is that a class does not go as it should.</summary>
public enum Side
{
    /// <summary>The kit's: browser, page, camera, microphone, agent.</summary>
    Ours,

    /// <summary>The pupil's.</summary>
    FarSide,

    /// <summary>The school's network.</summary>
    Network,

    /// <summary>The meeting's server.</summary>
    Meeting,
}
