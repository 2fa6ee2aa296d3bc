using System.Runtime.Versioning;
using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Door;

/// <summary>How a Wi-Fi is guarded.</summary>
internal enum WifiGuard
{
    /// <summary>By nothing.</summary>
    None,

    /// <summary>By a password that all share.</summary>
    Password,

    /// <summary>By the newer kind of it alone (WPA3).</summary>
    NewerPassword,

    /// <summary>By a name and a password of one's own, or by what is no guard any more (WEP): not to be joined here.</summary>
    Other,
}

/// <summary>A Wi-Fi that is heard.</summary>
/// <param name="Name">Its name: never to be logged, sent or put on a command line.</param>
/// <param name="Signal">0 to 100.</param>
/// <param name="Guard">How it is guarded.</param>
/// <param name="IsOurs">The kit is joined to it.</param>
internal sealed record Wifi(string Name, int Signal, WifiGuard Guard, bool IsOurs);

/// <summary>What became of joining a Wi-Fi.</summary>
internal enum Joining
{
    /// <summary>The kit is joined.</summary>
    Done,

    /// <summary>The password was not accepted.</summary>
    WrongPassword,

    /// <summary>It did not answer, or gave no address.</summary>
    Failed,

    /// <summary>NetworkManager is not there, or lets this user do nothing.</summary>
    NotAllowed,
}

/// <summary>NetworkManager, by its own tool. A network's name and password go to it by its standard input alone.</summary>
/// <param name="time">Of the deadlines.</param>
[SupportedOSPlatform("linux")]
internal sealed class NetworkManager(TimeProvider time)
{
    // One profile of ours, and one that is being tried: the old one stays until the new one works.
    private const string Ours = "classcontact-wifi";
    private const string Tried = "classcontact-wifi-new";

    // Its editor writes what it was told, passwords too, into a history in the home of whoever asks.
    private static readonly KeyValuePair<string, string?>[] Homeless = [new("HOME", "/nonexistent"), new("XDG_CACHE_HOME", "/nonexistent")];

    /// <summary>A scan takes some seconds, joining with DHCP some ten, and NetworkManager's own patience is 90.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The tool; tests give others.</summary>
    internal string Program { get; init; } = "nmcli";

    /// <summary>The Wi-Fis that are heard, each once, the strongest first; null where NetworkManager does not answer.</summary>
    public async Task<IReadOnlyList<Wifi>?> Scan(CancellationToken ct) =>
        await Run("", ct, "--terse", "--fields", "IN-USE,SIGNAL,SECURITY,SSID", "device", "wifi", "list", "--rescan", "auto") is ToolResult.Output { Text: var text }
            ? NetworkList.Read(text) : null;

    /// <summary>Joins a Wi-Fi that <see cref="Scan"/> has heard.</summary>
    /// <param name="wifi">Which.</param>
    /// <param name="password">Empty for one without.</param>
    /// <param name="ct">Gives up; the old network comes back by itself.</param>
    public async Task<Joining> Join(Wifi wifi, string password, CancellationToken ct)
    {
        if (!await Clear(ct))
            return Joining.Failed;
        var isUp = false;
        try
        {
            if (await Run(NetworkList.Profile(wifi, password), ct, "connection", "edit", "type", "wifi", "con-name", Tried) is not ToolResult.Output { Text: var said }
                || !said.Contains("successfully saved", StringComparison.Ordinal))
                return Joining.NotAllowed;
            var up = await Run("", ct, "--wait", "50", "connection", "up", "id", Tried);
            if (up is not ToolResult.Output)
                return up is ToolResult.Failed { Complaint: var why } && why.Contains("Secrets were required", StringComparison.Ordinal) ? Joining.WrongPassword : Joining.Failed;
            // The kit is on it: from here on it goes to its end, whatever becomes of the door.
            isUp = true;
            await Forget(Ours, CancellationToken.None);
            await BecomeOurs(CancellationToken.None); // if it does not, the kit is on it under its other name
            return Joining.Done;
        }
        finally
        {
            if (!isUp)
                await Forget(Tried, CancellationToken.None);
        }
    }

    // What an earlier joining left: a profile that was only tried; or, where power or patience ended between the two, the only one that works.
    private async Task<bool> Clear(CancellationToken ct)
    {
        if (!await Has(Ours, ct) && await Has(Tried, ct))
            return await BecomeOurs(ct) is ToolResult.Output;
        await Forget(Tried, ct);
        return true;
    }

    private async Task<bool> Has(string profile, CancellationToken ct) =>
        await Run("", ct, "--terse", "--fields", "connection.id", "connection", "show", "id", profile) is ToolResult.Output;

    private Task<ToolResult> BecomeOurs(CancellationToken ct) => Run("", ct, "connection", "modify", "id", Tried, "connection.id", Ours);

    private Task<ToolResult> Forget(string profile, CancellationToken ct) => Run("", ct, "connection", "delete", "id", profile);

    private Task<ToolResult> Run(string input, CancellationToken ct, params string[] arguments) =>
        new Tool(time) { Deadline = Patience, Input = input }.Run(Program, arguments, Homeless, ct);
}
