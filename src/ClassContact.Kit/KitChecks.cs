using System.Runtime.Versioning;
using ClassContact.Kit.CallButton;
using ClassContact.Kit.Camera;
using ClassContact.Kit.Computer;
using ClassContact.Kit.Health;
using ClassContact.Kit.Holidays;
using ClassContact.Kit.Network;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Sound;
using ClassContact.Kit.Speakerphone;

namespace ClassContact.Kit;

/// <summary>What checks ask of the rest of the kit.</summary>
/// <param name="BrowserAnswers">Whether a browser answers.</param>
/// <param name="Keyboards">How many keyboards with the start key are there.</param>
public sealed record KitParts(Func<bool> BrowserAnswers, Func<int> Keyboards)
{
    /// <summary>Why there is no call button (<see cref="CallButtonWorker.Trouble"/>); null when it is there.</summary>
    public Func<string?> CallButtonTrouble { get; init; } = () => BoxTrouble.NotAsked;

    /// <summary>Whether the link to the helpdesk is up; null where nobody keeps one.</summary>
    public Func<bool?> IsLinked { get; init; } = () => null;
}

/// <summary>The one list of checks, and the one place that asks which operating system this is.</summary>
public static class KitChecks
{
    /// <summary>Every check of a kit, causes before what they cause.</summary>
    /// <param name="setup">The kit.</param>
    /// <param name="parts">The rest of the kit.</param>
    /// <param name="time">For figures that are times.</param>
    public static IReadOnlyList<Check> Of(Setup setup, KitParts parts, TimeProvider time) =>
        OperatingSystem.IsLinux() ? OfLinux(setup, parts, time) : NetworkChecks.Of(setup, SystemLinks.List, parts.IsLinked, time);

    [SupportedOSPlatform("linux")]
    private static IReadOnlyList<Check> OfLinux(Setup setup, KitParts parts, TimeProvider time)
    {
        var sound = new SoundServer(setup.Folders.Kiosk, time);
        return
        [
            .. ComputerChecks.Of(setup, parts),
            CallButtonCheck.Of(setup.Kit.CallButton, parts.CallButtonTrouble),
            .. new CameraChecks(setup.Kit.Camera ?? new(), new V4l2Cameras().List, sound).All,
            .. new SpeakerphoneChecks(setup.Kit.Speakerphone ?? new(), sound).All,
            MicrophoneChecks.Level(SoundLibrary.Of(setup.Folders.Kiosk, time), setup.Kit.Speakerphone ?? new()),
            .. NetworkChecks.Of(setup, () => LinuxLinks.List(), parts.IsLinked, time),
            CalendarCurrent.Check(setup.Calendar, setup.IsCalendarBroken, time),
        ];
    }
}
