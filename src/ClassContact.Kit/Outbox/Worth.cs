namespace ClassContact.Kit.Outbox;

/// <summary>Which events go first when there is no room for all. Our choice: what the helpdesk acts upon stays longest, what can be seen otherwise goes first.</summary>
internal static class Worth
{
    internal const int Low = 0;
    internal const int Usual = 1;
    internal const int High = 2;

    /// <summary>The event's priority.</summary>
    internal static int Of(string name) => name switch
    {
        "help" or "lesson" or "call-failed" or Reports.Dropped or Reports.Replaced => High,
        "sound-set" or "pupil-arrived" or "pupil-left" => Low, // a lesson's record has their sum
        _ => Usual,
    };
}
