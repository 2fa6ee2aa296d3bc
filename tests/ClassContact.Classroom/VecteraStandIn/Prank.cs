namespace ClassContact.Classroom.VecteraStandIn;

/// <summary>What the stand-in's page can be made to do on a sudden. The names are those of its script.</summary>
public enum Prank
{
    /// <summary>Opens another window.</summary>
    PopUp,

    /// <summary>Says something that wants to be confirmed, and stands still until it is.</summary>
    Alert,

    /// <summary>Asks yes or no, and stands still until it is answered.</summary>
    Confirm,

    /// <summary>From now on asks "leave this page?" before it is left.</summary>
    BeforeUnload,

    /// <summary>Begins a download.</summary>
    Download,

    /// <summary>Is busy for ever and answers nothing any more.</summary>
    EndlessLoop,

    /// <summary>Switches its own camera off for good, as somebody does who wants it off.</summary>
    StopCamera,

    /// <summary>Leaves, as somebody does who clicks on "leave".</summary>
    Leave,

    /// <summary>Loads itself anew.</summary>
    Reload,
}

/// <summary>How the stand-in answers who asks for the room's page.</summary>
public enum Answers
{
    /// <summary>With the room.</summary>
    WithTheRoom,

    /// <summary>With HTTP status 500.</summary>
    WithAnError,

    /// <summary>Not at all, until it answers otherwise: then what waits gets that.</summary>
    Never,

    /// <summary>With a page that asks for a password, as a network in between does.</summary>
    WithALogin,

    /// <summary>With the way to a page on another host, <c>localhost</c>.</summary>
    FromAnotherHost,
}
