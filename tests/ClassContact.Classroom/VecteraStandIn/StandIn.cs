using System.Security.Cryptography;

namespace ClassContact.Classroom.VecteraStandIn;

/// <summary>
/// A stand-in for Vectera, built from what its help pages say, not from Vectera: a locked room at <c>/meet/team/room/</c> where guests knock, an access
/// key in the link, questions for name and devices unless <c>share=</c> and <c>displayName=</c> skip them, two minutes' grace for a guest who returns,
/// sound and picture straight between the participants. It can be made to misbehave.
/// </summary>
public sealed class StandIn : IMeeting
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "tests", "ClassContact.Classroom", "VecteraStandIn");

    private readonly int port = FreePort.Next();
    private readonly StandInRoom room;
    private StandInServer? server;
    private Answers answers;
    private bool forbidsDevices;
    private bool refusesSignalling;

    private StandIn(string? accessKey)
    {
        AccessKey = accessKey ?? RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 30);
        room = new(AccessKey);
    }

    /// <summary>Whoever has it is a host and enters at any time; as long as Vectera's.</summary>
    public string AccessKey { get; }

    /// <inheritdoc/>
    public string Origin => $"http://127.0.0.1:{port}";

    /// <inheritdoc/>
    public string Description { get; set; } = Path.Combine(Folder, "class.json");

    /// <inheritdoc/>
    public PupilsWay Pupils => new(Path.Combine(Folder, "pupil.json"), GuestUrl, Click("#mute"), Click("#camera"), Click("#leave"));

    /// <summary>A link without a key: its holder knocks.</summary>
    public string GuestUrl => $"{Origin}/meet/ecole-des-tilleuls/5b/";

    /// <summary>True: guests knock. As in Vectera, unless it is set otherwise.</summary>
    public bool IsLocked { get => room.IsLocked; set => room.IsLocked = value; }

    /// <summary>True: a host who is in the room lets everybody in at once. False: <see cref="LetIn"/> does.</summary>
    public bool HostLetsIn { get => room.HostLetsIn; set => room.HostLetsIn = value; }

    /// <summary>A guest who returns within this time need not knock again: two minutes in Vectera.</summary>
    public TimeSpan Grace { get => room.Grace; set => room.Grace = value; }

    /// <summary>The names of those in the room, also of one who vanished less than 15 s ago.</summary>
    public IReadOnlyList<string> Present => room.Present;

    /// <summary>The names of those who wait before its door.</summary>
    public IReadOnlyList<string> Knocking => room.Knocking;

    /// <summary>How many times somebody had to knock.</summary>
    public int Knocks => room.Knocks;

    /// <summary>What who asks for the room's page gets.</summary>
    public Answers Answers
    {
        get => answers;
        set { answers = value; server?.Answers = value; }
    }

    /// <summary>True: pages may open neither camera nor microphone, from their next loading on.</summary>
    public bool ForbidsDevices
    {
        get => forbidsDevices;
        set { forbidsDevices = value; server?.ForbidsDevices = value; }
    }

    /// <summary>True: signalling connections that are opened from now on are refused.</summary>
    public bool RefusesSignalling
    {
        get => refusesSignalling;
        set { refusesSignalling = value; server?.RefusesSignalling = value; }
    }

    /// <summary>Opens a room, on a free port.</summary>
    /// <param name="accessKey">A new one unless given.</param>
    public static async Task<StandIn> Open(string? accessKey = null)
    {
        var meeting = new StandIn(accessKey);
        await meeting.Start();
        return meeting;
    }

    /// <inheritdoc/>
    public string Url(string? secret = null) => $"{GuestUrl}?key={AccessKey}{(secret is null ? "" : $"&more={secret}")}";

    /// <inheritdoc/>
    public Task Start()
    {
        server = new(port, room, answers, forbidsDevices, refusesSignalling);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Kill()
    {
        if (server is not null)
            await server.DisposeAsync();
        server = null;
        room.Empty();
    }

    /// <summary>A host lets everybody in who knocks.</summary>
    public void LetIn() => room.LetIn();

    /// <summary>Every page does this now.</summary>
    public void Play(Prank prank) => room.SayToAll(new() { ["type"] = "prank", ["prank"] = $"{prank}" });

    /// <summary>Cuts every signalling connection. The pages open theirs again, unless it <see cref="RefusesSignalling"/>.</summary>
    public void CutSignalling() => room.Cut();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Kill();

    private static string Click(string selector) => $"document.querySelector('{selector}').click()";
}
