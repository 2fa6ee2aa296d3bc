using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.CallButton;

/// <summary>What is checked of the call button: only what its worker knows.</summary>
internal static class CallButtonCheck
{
    /// <summary>The check's code.</summary>
    public const string Code = "call-button";

    private const string NotConfigured = "not-configured";

    /// <summary>The box is there and speaks. Without it the keyboard still starts a class.</summary>
    /// <param name="settings">Where the box is; null for a kit without one.</param>
    /// <param name="trouble">Why there is no box, as one of <see cref="BoxTrouble"/>; null when it is there.</param>
    public static Check Of(CallButtonSettings? settings, Func<string?> trouble) => new(
        Code, Severity.Degrades, Thing.Keyboard, [.. BoxTrouble.All, NotConfigured],
        _ => Task.FromResult(settings is null ? Finding.Skipped(NotConfigured) : Judge(trouble())))
    {
        Grace = TimeSpan.FromSeconds(15), // an Arduino starts anew when its line is opened, and greets some 2 s later; a plug bounces
        On = Wakes.Device,
    };

    private static Finding Judge(string? trouble) => trouble switch
    {
        null => Finding.Pass(),
        BoxTrouble.NotAsked => Finding.CannotTell(BoxTrouble.NotAsked),
        _ => Finding.Fail(trouble),
    };
}
