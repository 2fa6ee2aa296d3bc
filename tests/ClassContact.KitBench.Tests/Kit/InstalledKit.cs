using System.Diagnostics;
using ClassContact.Classroom;
using ClassContact.KitBench.Image;

namespace ClassContact.KitBench.Tests.Kit;

/// <summary>
/// A plain Debian that became a kit with two commands, once for all stories, saved with the standby page on its screen and nothing plugged in. Each
/// story goes on from there in a room of its own.
/// </summary>
public sealed class InstalledKit : IAsyncLifetime
{
    /// <summary>The kit's name.</summary>
    public const string Name = "kit-bench";

    /// <summary>The key in its link.</summary>
    public const string AccessKey = "benchbenchbenchbenchbenchbench";

    /// <summary>Everything in the machine is some twenty times slower than outside, and this computer may be busy.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Whether the screen has a login prompt.</summary>
    internal const string Prompt = "systemctl --quiet is-active getty@tty1";

    // The installation takes some 60 s on two cores, and so it is from "setup" to the standby page. A build server's time for the core (tests/run) must not be over before a kit that never comes has failed.
    private static readonly TimeSpan ToCome = TimeSpan.FromMinutes(3);

    // What a technician would have in hand; a class is not ended by the clock, for a story may be told at any time of day. http and plain MQTT are for this machine alone, so the cable's other end is made to look like it.
    private const string Answers = $"""
        kit: {Name}
        school: École des Tilleuls, Schaerbeek
        room: 5e B, local 12
        meeting: class
        class-end:
        link-file: /srv/link
        broker: 127.0.0.1:1883
        """;

    private const string Outside = """
        [Unit]
        Description=What is beyond the cable, for the bench
        Before=network.target
        [Service]
        Type=oneshot
        ExecStart=/sbin/sysctl -q -w net.ipv4.conf.all.route_localnet=1
        ExecStart=/usr/sbin/nft -f /etc/bench-outside.nft
        [Install]
        WantedBy=multi-user.target
        """;

    private static readonly string Meeting = Path.Combine(Checkout.Root, "tests/ClassContact.Classroom/VecteraStandIn/class.json");

    private Checkpoint? saved;

    /// <summary>The classroom with the kit as it was when it was installed, and nothing plugged in.</summary>
    internal Task<Room> Room() => Kit.Room.With(saved ?? throw new InvalidOperationException("it was not installed"));

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var (packing, image) = (KitPackage.Get(), await MachineImage.Get("kit")); // side by side: each alone takes minutes when it is not kept
        var package = await packing;
        var kept = new KeptCheckpoint("installed", image, Hardware.Classroom, [package, Meeting, Path.Combine(Checkout.Root, "tests/ClassContact.KitBench.Tests/Kit/InstalledKit.cs")]);
        saved = kept.Find() ?? await Install(image, package, kept);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => saved?.DisposeAsync() ?? default;

    private static async Task<Checkpoint> Install(MachineImage image, string package, KeptCheckpoint kept)
    {
        var watch = Stopwatch.StartNew();
        await using var machine = await KitBench.Machine.Boot(image, Hardware.Classroom);
        var booted = watch.Elapsed;
        await machine.CopyIn(package, "/srv/classcontact-kit.deb");
        await machine.Good("apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y /srv/classcontact-kit.deb", ToCome);
        var installed = watch.Elapsed;
        await machine.Good(Prompt); // to type the second at
        await Prepare(machine);
        await using var room = await Kit.Room.Around(machine);
        room.Patience = ToCome;
        await machine.Good("classcontact setup --answers /srv/answers </dev/null", ToCome);
        await room.Helpdesk.Sees("presence", ["\"online\""], ToCome);
        await room.ShowsStandby();
        await machine.Good($"! {Prompt}");
        await room.ComesToRest();
        Console.WriteLine($"  the machine took commands after {booted.TotalSeconds:0} s, was installed after {installed.TotalSeconds:0} s and stood by after {watch.Elapsed.TotalSeconds:0} s");
        await using var saved = await machine.Save();
        return await kept.Keep(saved);
    }

    private static async Task Prepare(Machine machine)
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.File("answers"), Answers);
        await File.WriteAllTextAsync(folder.File("outside"), Outside);
        await machine.CopyIn(folder.File("answers"), "/srv/answers");
        await machine.CopyIn(folder.File("outside"), "/etc/systemd/system/bench-outside.service");
        await machine.CopyIn(Meeting, "/etc/classcontact/meeting/class.json");
        await machine.Good($$"""
            echo 'http://127.0.0.1/meet/ecole-des-tilleuls/5b/?key={{AccessKey}}' >/srv/link
            # The machine's graphics draw nothing by themselves, and what draws in their place is so slow that Chromium's watchdog takes it for hanging.
            printf 'WLR_RENDERER=pixman\nCLASSCONTACT_CHROMIUM_FLAGS_FILE=/etc/classcontact/bench.flags\n' >/etc/classcontact/kiosk.env
            echo 'output * mode 1280x720' >/etc/classcontact/screen.conf # fewer points to draw
            printf '%s\n' --disable-gpu --disable-software-rasterizer --disable-gpu-watchdog >/etc/classcontact/bench.flags
            # Sound in larger pieces: PipeWire and the way of its USB packets took some 75 of 200 % of the machine in a class. What larger ones save was not measured.
            mkdir -p /etc/pipewire/pipewire.conf.d
            echo 'context.properties = { default.clock.quantum = 8192 default.clock.min-quantum = 8192 }' >/etc/pipewire/pipewire.conf.d/bench.conf
            mkdir -p /etc/systemd/system/classcontact-agent.service.d
            printf '[Service]\nEnvironment=CLASSCONTACT_SLOW_COMPUTER=10\n' >/etc/systemd/system/classcontact-agent.service.d/bench.conf
            systemctl enable --quiet bench-outside # which reads all units anew
            """);
    }
}

/// <summary>All stories share what was installed.</summary>
[CollectionDefinition(nameof(InstalledKit))]
public sealed class SharedKit : ICollectionFixture<InstalledKit>;
