using ClassContact.Kit.Screen;

namespace ClassContact.Kit.Door;

/// <summary>What a technician tries first.</summary>
/// <param name="words">The language.</param>
/// <param name="browser">Restarts the browser: null, or why not, as a code.</param>
/// <param name="computer">Asks for a reboot; returns only when none came, with why not.</param>
internal sealed class RestartSection(Words words, Func<CancellationToken, Task<string?>> browser, Func<CancellationToken, Task<string?>> computer)
{
    private const string Id = "restart";

    /// <summary>The section.</summary>
    public DoorSection Section() => new(
        Id, () => DoorSection.Titled(Id, words, [], [], "browser", "computer"),
        new Dictionary<string, DoorDeed> { ["restart.browser"] = (_, ct) => Browser(ct), ["restart.computer"] = (_, ct) => Computer(ct) });

    private async Task<DoorSaid> Browser(CancellationToken ct) =>
        await browser(ct) is { } reason ? DoorSection.Bad(words.Say("door.restart.browser.not", ("reason", reason))) : DoorSection.Good(words["door.restart.browser.done"]);

    private async Task<DoorSaid> Computer(CancellationToken ct) =>
        DoorSection.Bad(words.Say("door.restart.computer.not", ("reason", await computer(ct) ?? "too-slow")));
}
