using ClassContact.Messages;

namespace ClassContact.Kit.Requests;

/// <summary>What a kit is doing, as far as requests must know.</summary>
/// <param name="IsInCall">A class is on, begins or ends.</param>
/// <param name="SinceClass">How long ago the last class ended, or was tried in vain; null when none is known of.</param>
/// <param name="IsSchoolTime">It is a school day, and its hours.</param>
public readonly record struct Situation(bool IsInCall, TimeSpan? SinceClass, bool IsSchoolTime)
{
    /// <summary>A teacher who has just ended a class, or lost it, may well open it again.</summary>
    internal static readonly TimeSpan QuietAfterClass = TimeSpan.FromMinutes(10);

    /// <summary>In school hours: the longest break at noon is longer, and who opened nothing for so long is hardly about to.</summary>
    internal static readonly TimeSpan QuietInSchool = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Why a request is not done now, as a code; null when it may be. While settings are read anew the keys do nothing for a moment. The rule for a reboot: never in a class, not within ten minutes after one, and
    /// within school hours (those of the helpdesk, which are the schools') not within thirty. A kit that nobody used for half an hour comes back within a
    /// minute, should somebody press just then.
    /// </summary>
    internal string? Objection(string name) => name switch
    {
        RequestName.RunDiagnosis or RequestName.RestartBrowser or RequestName.ReloadSettings or RequestName.Reboot when IsInCall => "in-call",
        RequestName.Reboot when SinceClass < (IsSchoolTime ? QuietInSchool : QuietAfterClass) => "lesson",
        _ => null,
    };
}
