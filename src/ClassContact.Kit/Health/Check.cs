using System.Collections.Immutable;
using ClassContact.Messages;

namespace ClassContact.Kit.Health;

/// <summary>The thing that a check is about, for the picture that the room sees.</summary>
public enum Thing
{
    /// <summary>The camera.</summary>
    Camera,

    /// <summary>The speakerphone, which is also the microphone.</summary>
    Speakerphone,

    /// <summary>The keyboard with the start key.</summary>
    Keyboard,

    /// <summary>Cable, Wi-Fi and all that lies behind them.</summary>
    Network,

    /// <summary>The screen and what is shown on it.</summary>
    Screen,

    /// <summary>The computer itself.</summary>
    Kit,
}

/// <summary>What tells that something may have changed, beside the schedule.</summary>
[Flags]
public enum Wakes
{
    /// <summary>Nothing: the schedule alone.</summary>
    None = 0,

    /// <summary>A device came or went: USB, video, sound.</summary>
    Device = 1,

    /// <summary>A network interface or an address came or went.</summary>
    Network = 2,

    /// <summary>Charger or battery.</summary>
    Power = 4,

    /// <summary>A screen was plugged in or out.</summary>
    Display = 8,

    /// <summary>The kiosk's browser came or went, and with the kiosk its sound server.</summary>
    Kiosk = 16,

    /// <summary>The helpdesk's broker has heard the kit again.</summary>
    Heard = 32,
}

/// <summary>
/// A check is a value: a code, what a fault of it means, and one function. Its title, and what is wrong and what to do about it for each of its
/// reasons, stand in the words of its folder under <c>check.CODE.title</c>, <c>check.CODE.REASON.what</c> and <c>check.CODE.REASON.do</c>.
/// </summary>
/// <param name="Code">Kebab-case, the same for ever: <c>camera-present</c>.</param>
/// <param name="Severity">What a fault of it means for a class.</param>
/// <param name="Thing">What it is about.</param>
/// <param name="Reasons">Every reason that its findings may give; another one is a fault of the check.</param>
/// <param name="Look">Looks once. Expected trouble is a finding; an exception becomes <see cref="Verdict.Error"/>. It must heed the token: that is
/// cancelled at <see cref="Deadline"/> and when a call begins.</param>
public sealed record Check(
    string Code, Severity Severity, Thing Thing, ImmutableArray<string> Reasons, Func<CancellationToken, Task<Finding>> Look)
{
    /// <summary>A fault is not told before it has lasted so long.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>Codes of checks that explain a fault of this one when they have one themselves; such a fault is not shown.</summary>
    public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary>Codes of checks that look at once when this one begins or ceases to fail, for it may be the same that ails them.</summary>
    public ImmutableArray<string> Alarms { get; init; } = [];

    /// <summary>How often it looks when nothing happens; a tenth more or less, so that a thousand kits do not look at once.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What makes it look at once.</summary>
    public Wakes On { get; init; }

    /// <summary>A look that takes longer is an <see cref="Verdict.Error"/>.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>True for a figure that jumps: a fault is raised when three of the last five looks have it, and cleared when none has
    /// (Twilio's voice SDK does so, on five samples).</summary>
    public bool Settles { get; init; }

    /// <summary>True for a check that opens the microphone or the camera: only a person at the kit runs it, in a diagnosis.</summary>
    public bool OnlyInDiagnosis { get; init; }
}
