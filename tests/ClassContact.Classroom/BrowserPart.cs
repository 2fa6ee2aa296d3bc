namespace ClassContact.Classroom;

/// <summary>A process, or a kind of process, of a browser.</summary>
public enum BrowserPart
{
    /// <summary>The first process: the others end with it.</summary>
    Browser,

    /// <summary>The pages: kill is a crash, stop is a page that hangs.</summary>
    Page,

    /// <summary>What draws; the third one that is killed takes the browser with it.</summary>
    Graphics,

    /// <summary>What talks to the network.</summary>
    Network,

    /// <summary>What holds microphone and loudspeaker.</summary>
    Sound,

    /// <summary>What holds the camera.</summary>
    Camera,
}
