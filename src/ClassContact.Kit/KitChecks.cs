using ClassContact.Kit.Health;
using ClassContact.Kit.Holidays;
using ClassContact.Kit.Network;
using ClassContact.Kit.Settings;

namespace ClassContact.Kit;

/// <summary>What checks ask of the rest of the kit.</summary>
/// <param name="BrowserAnswers">Whether a browser answers.</param>
/// <param name="Keyboards">How many keyboards with the start key are there.</param>
public sealed record KitParts(Func<bool> BrowserAnswers, Func<int> Keyboards);

/// <summary>The one list of checks, and the one place that asks which operating system this is.</summary>
public static class KitChecks
{
    /// <summary>Every check of a kit, causes before what they cause.</summary>
    /// <param name="setup">The kit.</param>
    /// <param name="parts">The rest of the kit.</param>
    /// <param name="time">For figures that are times.</param>
    public static IReadOnlyList<Check> Of(Setup setup, KitParts parts, TimeProvider time) =>
    [
        .. NetworkChecks.Of(setup, OperatingSystem.IsLinux() ? () => LinuxLinks.List() : SystemLinks.List, time),
        CalendarCurrent.Check(setup.Kit.Holidays is null ? null : setup.Calendar, time),
    ];
}
