namespace ClassContact.Kit.CallButton;

/// <summary>What the box's lamp shows.</summary>
public enum Lamp
{
    /// <summary>No class: dark.</summary>
    Off,

    /// <summary>A press is being carried out, or the class is being brought back: blinks.</summary>
    Starting,

    /// <summary>The class is open: on.</summary>
    Open,

    /// <summary>The class is open and its sound is off: mostly dark, with a short flash, as telephones show it.</summary>
    Muted,
}
