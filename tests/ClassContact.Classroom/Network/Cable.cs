using System.Globalization;

namespace ClassContact.Classroom.Network;

/// <summary>
/// The cable between a kit and the rest of the world: the kit's processes live in a network namespace of their own, and all that they send crosses a
/// real link and a real router. There 127.0.0.1 leads to the world's 127.0.0.1 for TCP, so that an address means the same on both sides; for the rest
/// the world is <see cref="World"/>. Only inside <c>packaging/linux/sandbox --network</c>.
/// </summary>
public sealed class Cable : IAsyncDisposable
{
    /// <summary>The world's address as the kit sees it.</summary>
    public const string World = "10.77.0.1";

    private const string Udp = "meta l4proto udp";

    // own-network says what this is.
    private static readonly string? Router = Environment.GetEnvironmentVariable("CLASSCONTACT_NETWORK");

    private static int laid;

    private readonly string folder;
    private readonly string name; // of the router's end, and of the table of its faults
    private readonly ChildProcess kit;

    private Cable(string folder, int number, ChildProcess kit) => (this.folder, Number, name, this.kit) = (folder, number, $"cable{number}", kit);

    /// <summary>The kit's address as the world sees it.</summary>
    public string Kit => $"10.77.{Number}.2";

    private int Number { get; }

    /// <summary>Makes a kit's side and connects it; logs go to <paramref name="folder"/>.</summary>
    /// <exception cref="IOException">The network is not ours to shape.</exception>
    public static async Task<Cable> Lay(string folder)
    {
        if (Router is null)
            throw new IOException("the network is not ours to shape: are we inside packaging/linux/sandbox --network?");
        var number = Interlocked.Increment(ref laid);
        // The kit's own view of its interfaces, too: /sys shows those of whoever mounted it.
        var kit = ChildProcess.Start($"behind-cable{number}", folder, "nsenter",
            [.. Enter(Router), "unshare", "--net", "--mount", "sh", "-c", "mount -t sysfs -o ro sysfs /sys && echo ready && exec sleep infinity"]);
        var cable = new Cable(folder, number, kit);
        await WaitFor.That("a network for the kit", () => (Text: kit.Output(), kit), seen => seen.Text.EndsWith("ready\n", StringComparison.Ordinal) || !seen.kit.IsRunning);
        await cable.AtRouter($"""
            ip link add {cable.name} type veth peer name eth0 netns {kit.Id}
            ip address add 10.77.{number}.1/24 dev {cable.name}
            ip link set {cable.name} up
            """);
        await cable.AtKit($$"""
            ip link set lo up
            ip link set eth0 up
            echo 1 >/proc/sys/net/ipv4/conf/eth0/route_localnet
            nft -f - <<NFT
            table ip world {
                chain out {
                    type nat hook output priority -100 # dstnat, which nft knows by name elsewhere only
                    ip daddr 127.0.0.1 tcp dport 1-65535 dnat to {{World}}
                }
                chain behind {
                    type nat hook postrouting priority srcnat
                    oifname eth0 masquerade
                }
            }
            NFT
            """);
        await cable.GiveAddress();
        return cable;
    }

    /// <summary>The tool and the arguments that run <paramref name="tool"/> on the kit's side, as the same user and without any right over the network.</summary>
    public (string Tool, IReadOnlyList<string> Arguments) Behind(string tool, IEnumerable<string> arguments) =>
        ("nsenter", [.. Enter($"{kit.Id}"), "--mount", $"--wd={Environment.CurrentDirectory}", "unshare", "--user", $"--map-user={Environment.UserName}", $"--map-group={Environment.UserName}", "--", tool, .. arguments]);

    /// <summary>Pulls the cable: the kit sees that it has no carrier, and keeps its address.</summary>
    public Task Pull() => AtRouter($"ip link set {name} down");

    /// <summary>Plugs it in again.</summary>
    public Task PlugIn() => AtRouter($"ip link set {name} up");

    /// <summary>Pulls the cable and plugs it in again after exactly so long, however busy the test is.</summary>
    public Task PullFor(TimeSpan time) => AtRouter($"ip link set {name} down; {Sleep(time)}; ip link set {name} up");

    /// <summary>Takes the kit's address and its way out, as a network manager does some seconds after a cable was pulled, or when a lease has run out.</summary>
    public Task TakeAddress() => AtKit("ip address flush dev eth0");

    /// <summary>Gives both back.</summary>
    public Task GiveAddress() => AtKit($"ip address replace {Kit}/24 dev eth0; ip route replace default via 10.77.{Number}.1");

    /// <summary>All that is sent either way is lost without a word, with the cable in its place.</summary>
    public Task LoseAll() => Drop("");

    /// <summary>The same for exactly so long.</summary>
    public Task LoseAllFor(TimeSpan time) => DropFor("", time);

    /// <summary>A firewall that lets no UDP through, either way, and says nothing.</summary>
    public Task DropUdp() => Drop(Udp);

    /// <summary>The same for exactly so long.</summary>
    public Task DropUdpFor(TimeSpan time) => DropFor(Udp, time);

    /// <summary>Each packet is lost, either way, with a chance of <paramref name="percent"/> in a hundred.</summary>
    public Task Lose(int percent) => Drop(string.Create(CultureInfo.InvariantCulture, $"numgen random mod 100 < {percent}"));

    /// <summary>
    /// A line of <paramref name="kilobits"/> a second each way, with a queue of at most <paramref name="queue"/> before it: what is sent beyond that
    /// comes late, and what does not fit into the queue is lost.
    /// </summary>
    public async Task Narrow(int kilobits, TimeSpan queue)
    {
        var bottleneck = string.Create(CultureInfo.InvariantCulture, $"tbf rate {kilobits}kbit burst 10kb latency {(int)queue.TotalMilliseconds}ms");
        await AtRouter($"tc qdisc replace dev {name} root {bottleneck}");
        await AtKit($"tc qdisc replace dev eth0 root {bottleneck}");
    }

    /// <summary>Ends all that was done to what is sent; a pulled cable stays pulled.</summary>
    public async Task Mend()
    {
        await AtRouter($"""
            nft "add table inet {name}; delete table inet {name}"
            tc qdisc delete dev {name} root 2>/dev/null || true
            """);
        await AtKit("tc qdisc delete dev eth0 root 2>/dev/null || true");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await kit.Kill(); // its interface goes with the last process of the kit, and the router's end with that
        await AtRouter($"""
            ip link delete {name} 2>/dev/null || true
            nft "add table inet {name}; delete table inet {name}"
            """);
        await kit.DisposeAsync();
    }

    // In the router, where neither side is told: a rule at the kit would refuse to send.
    private Task Drop(string which) => AtRouter(Dropping(which));

    private Task DropFor(string which, TimeSpan time) => AtRouter($"{Dropping(which)}\n{Sleep(time)}\nnft delete table inet {name}");

    private static string Sleep(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"sleep {time.TotalSeconds}");

    private string Dropping(string which) => $$"""
        nft -f - <<NFT
        add table inet {{name}}
        delete table inet {{name}}
        table inet {{name}} {
            chain through {
                type filter hook forward priority filter
                iifname {{name}} {{which}} drop
                oifname {{name}} {{which}} drop
            }
        }
        NFT
        """;

    private Task AtRouter(string script) => Run(Router!, script);

    private Task AtKit(string script) => Run($"{kit.Id}", script);

    private async Task Run(string at, string script)
    {
        await using var run = ChildProcess.Start($"{name}-faults", folder, "nsenter", [.. Enter(at), "bash", "-euc", script]);
        if (await run.Ended().WaitAsync(WaitFor.Generous) != 0)
            throw new IOException($"the network did not obey: {run}");
    }

    private static string[] Enter(string process) => ["--preserve-credentials", $"--target={process}", "--user", "--net"];
}
