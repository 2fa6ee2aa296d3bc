using System.Diagnostics;
using ClassContact.Classroom;
using ClassContact.Classroom.VecteraStandIn;
using ClassContact.KitBench.Tests.Devices;
using ClassContact.KitBench.Usb;

namespace ClassContact.KitBench.Tests.Kit;

/// <summary>A classroom with a kit in it, its devices, and beyond the network cable the helpdesk's broker and the meeting.</summary>
internal sealed class Room : IAsyncDisposable
{
    /// <summary>What the kit's camera sees.</summary>
    public static readonly Rgb Picture = TestPicture.Magenta;

    private static readonly TimeSpan LookPace = TimeSpan.FromSeconds(1);
    private const int MostPresses = 4;
    private readonly Dictionary<Part, IAsyncDisposable> plugged = [];

    private Room(Machine machine, Helpdesk helpdesk, StandIn meeting) => (Machine, Helpdesk, Meeting) = (machine, helpdesk, meeting);

    /// <summary>The kit's computer.</summary>
    public Machine Machine { get; }

    /// <summary>Those who see how the kit is.</summary>
    public Helpdesk Helpdesk { get; }

    /// <summary>Where the class and the pupil meet.</summary>
    public StandIn Meeting { get; }

    /// <summary>How long the screen, or rest, is waited for.</summary>
    public TimeSpan Patience { get; set; } = InstalledKit.Patience;

    /// <summary>The kit's camera, plugged in or not.</summary>
    public UsbCamera Camera { get; } = new(new(Picture, isSmall: true)) { IsSlow = true };

    /// <summary>The kit's speakerphone, plugged in or not.</summary>
    public UsbSpeakerphone Speakerphone { get; } = new();

    /// <summary>The room as it was saved, with another helpdesk and another meeting.</summary>
    public static async Task<Room> With(Checkpoint kit)
    {
        var machine = await Machine.From(kit);
        try
        {
            return await Around(machine);
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>A helpdesk and a meeting for a machine, which stays its maker's when this fails.</summary>
    public static async Task<Room> Around(Machine machine)
    {
        var (helpdesk, meeting) = (await Helpdesk.Opens(), await StandIn.Open(InstalledKit.AccessKey));
        var room = new Room(machine, helpdesk, meeting);
        // Kept on the disk, so that it holds after a power cut, too.
        await machine.Good($$"""
            cat >/etc/bench-outside.nft <<'NFT'
            table ip bench
            delete table ip bench
            table ip bench {
                chain out { type nat hook output priority -100; ip daddr 127.0.0.1 tcp dport 80 dnat to {{Hardware.Outside}}:{{new Uri(meeting.Origin).Port}}; ip daddr 127.0.0.1 tcp dport 1883 dnat to {{Hardware.Outside}}:{{helpdesk.Port}}; }
                chain post { type nat hook postrouting priority 100; oifname "eth0" masquerade; }
            }
            NFT
            sync /etc/bench-outside.nft && systemctl restart bench-outside
            """);
        return room;
    }

    /// <summary>Plugs in all that a kit has; also after the computer had no power, with which all lost theirs.</summary>
    public Task PlugIn() => PlugInAgain(Enum.GetValues<Part>());

    /// <summary>Plugs one in, and waits until the kernel has it.</summary>
    public async Task PlugIn(Part part)
    {
        plugged.Add(part, part switch
        {
            Part.Keyboard => await Machine.PlugKeyboard(),
            Part.Speakerphone => await Machine.Plug(Speakerphone, Sockets.Speakerphone),
            Part.Camera => await Machine.Plug(Camera, Sockets.Camera),
            _ => throw new ArgumentOutOfRangeException(nameof(part), part, null),
        });
        await Machine.Until(Seen(part), InstalledKit.Patience);
    }

    /// <summary>Pulls one out, and waits until the kernel has seen that.</summary>
    public async Task Unplug(Part part)
    {
        plugged.Remove(part, out var plug);
        await plug!.DisposeAsync();
        await Machine.Until($"! {{ {Seen(part)}; }}", InstalledKit.Patience);
    }

    /// <summary>The same of these alone; the others are out.</summary>
    public async Task PlugInAgain(params Part[] parts)
    {
        await LetGo();
        foreach (var part in parts) await PlugIn(part);
    }

    /// <summary>Waits until the kit's processors are idle for most of the time, as a kit's are that has started.</summary>
    public Task ComesToRest() => Machine.Until(
        "a=($(head -n 1 /proc/stat)); sleep 4; b=($(head -n 1 /proc/stat)); for i in {1..8}; do ((all += b[i] - a[i])) || true; done; ((100 * (b[4] - a[4]) > 60 * all))",
        Patience);

    /// <summary>
    /// A class is on, with the camera's picture on the screen. As a teacher does, the start key is pressed again when the screen says that it did not work.
    /// </summary>
    public async Task OpensTheClass()
    {
        for (var press = 1; !await IsOpenAfterAPress(); press++)
        {
            if (press == MostPresses) throw new InvalidOperationException($"the class did not open after {press} presses");
            Console.WriteLine($"  press {press} opened nothing in time");
            await ShowsStandby("not open");
        }
        await ShowsTheClass("class");
    }

    /// <summary>The end key ends the class, which the helpdesk is told as that and not as a cut, the standby page comes, the meeting has nobody, and the camera is closed.</summary>
    public async Task EndsTheClass()
    {
        var before = Helpdesk.Heard.Count;
        await Machine.Press("F10", held: TimeSpan.FromSeconds(3));
        await Helpdesk.Sees("event", ["call-ended"], InstalledKit.Patience, before);
        await ShowsStandby("ended");
        await HasInTheMeeting();
        await ClosesTheCamera();
    }

    /// <summary>Waits until the meeting's own server has the class in its room, or, once it is ended, nobody.</summary>
    public Task HasInTheMeeting(params string[] names) => WaitFor.That($"the meeting to have '{string.Join(", ", names)}'", () => Meeting.Present, present => present.SequenceEqual(names), Patience);

    /// <summary>Waits until no program has the camera open.</summary>
    public Task ClosesTheCamera() => Machine.Until("! grep -q 'video[0-9]$' <(ls -l /proc/[0-9]*/fd 2>/dev/null)", InstalledKit.Patience);

    /// <summary>Waits until the agent's standby page is on the screen, in any mood unless one is named.</summary>
    public Task<ScreenPicture> ShowsStandby(string name = "standby", Mood? mood = null) =>
        Shows(name, picture => mood?.IsOf(picture) ?? Mood.AtStandby.Any(any => any.IsOf(picture)));

    /// <summary>Waits until the technician's door, shut or open, is on the screen; its page before it is drawn is none.</summary>
    public Task<ScreenPicture> ShowsTheDoor(string name) =>
        Shows(name, picture => !Mood.AtStandby.Any(mood => mood.IsOf(picture)) && picture.Share(Mood.Paper, 4) is > 0.5 and < 0.92);

    /// <summary>Holds the chord of the technician's door, and types its code.</summary>
    public async Task TypesTheCode(string code)
    {
        await Machine.Press("ctrl+alt+t", held: TimeSpan.FromSeconds(10)); // three seconds of the page's
        await DoorDraws("AskingCode");
        await ShowsTheDoor("the code is asked for");
        foreach (var digit in code.Where(char.IsAsciiDigit)) await Machine.Press($"shift+{digit}"); // the keyboard is a Belgian one: digits are above; what stands between them is not typed
        await Machine.Press("ret");
    }

    /// <summary>
    /// Waits until the agent has filled in the technician's screen: the page comes before that, and what is typed in between is lost. While something is being
    /// done, it is "Open, busy".
    /// </summary>
    public Task DoorDraws(string view) =>
        Machine.Until($"journalctl -b -u classcontact-agent | grep 'door shows' | tail -n 1 | grep -q 'shows {view}$'", InstalledKit.Patience);

    /// <summary>Waits until the camera's picture is on the screen.</summary>
    public Task<ScreenPicture> ShowsTheClass(string name) => Shows(name, picture => picture.Share(Picture) > 0.02);

    /// <summary>Waits until the screen shows what it should; the last picture is kept.</summary>
    public async Task<ScreenPicture> Shows(string name, Predicate<ScreenPicture> holds)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(LookPace))
        {
            var picture = await Machine.Screen(name);
            if (holds(picture)) return picture;
            if (watch.Elapsed > Patience) throw new TimeoutException($"the screen never showed '{name}'");
        }
    }

    private static string Seen(Part part) => part switch
    {
        Part.Keyboard => "[ -e /dev/input/by-path/*-usb-*-event-kbd ]",
        Part.Speakerphone => "grep -q Jabra /proc/asound/cards",
        _ => "[ -e /dev/video0 ]",
    };

    private async Task LetGo()
    {
        foreach (var plug in plugged.Values) await plug.DisposeAsync();
        plugged.Clear();
    }

    private async Task<bool> IsOpenAfterAPress()
    {
        var before = Helpdesk.Heard.Count;
        await Machine.Press("F9");
        await Helpdesk.Sees("call", ["\"state\":\"joining\""], InstalledKit.Patience, before);
        var after = await WaitFor.That("the launch to end", () => Helpdesk.Heard.Skip(before).ToList(), heard => heard.Any(IsOpen) || heard.Any(HasFailed), InstalledKit.Patience);
        return after.Any(IsOpen);
    }

    private static bool IsOpen(string line) => line.Contains("\"state\":\"open\"", StringComparison.Ordinal) && line.Contains("\"missing\":[]", StringComparison.Ordinal);

    private static bool HasFailed(string line) => line.Contains("\"state\":\"faulted\"", StringComparison.Ordinal);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await LetGo();
        await Machine.DisposeAsync();
        await Meeting.DisposeAsync();
        await Helpdesk.DisposeAsync();
    }
}
