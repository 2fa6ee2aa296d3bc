using ClassContact.Classroom;

namespace ClassContact.Bench.Footprint;

/// <summary>
/// What the agent costs, beside others that do a comparable job. Each agent works as on a kit: attached to a real kiosk browser, listening for
/// keys, connected over TLS with a certificate of its own. The neighbours run twice too: left alone, and asked once a second.
/// </summary>
internal static class FootprintBench
{
    /// <summary>Between two looks: memory of this size is counted within a millisecond, in our own time.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    // Idle means what a kit does when nothing happens: figures every five minutes, as the settings have it unless told otherwise.
    private static readonly (string Name, string Kit, string Profile, int MetricsSeconds)[] Agents =
    [
        ("agent, ReadyToRun", "ready-idle", "ready-to-run", 300), ("agent, ReadyToRun, 1/s", "ready-second", "ready-to-run", 1),
        ("agent, trimmed", "single-idle", "single-file", 300), ("agent, trimmed, 1/s", "single-second", "single-file", 1),
    ];

    public static async Task<int> Run(string folder, string[] words)
    {
        if (Options.Parse(words) is not { } options)
        {
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }
        var machine = Machine.Look();
        await using var room = await ServerRoom.Open(folder, Agents.Select(agent => agent.Kit));
        var kits = new List<MeasuredKit>();
        try
        {
            foreach (var agent in Agents)
                kits.Add(await MeasuredKit.SetUp(room, agent.Profile, agent.Kit, agent.MetricsSeconds));
            var starts = await StartTimes.Of([("ReadyToRun", kits[0]), ("trimmed", kits[2])], room.Ear, options.Starts);
            var costs = await Costs(room, kits, options);
            var report = new Report(machine, Machine.Load(), options, costs, starts);
            await File.WriteAllTextAsync(Path.Combine(folder, "footprint.json"), report.Json());
            Console.Write(report.Text());
            return 0;
        }
        finally
        {
            foreach (var kit in kits)
                await kit.DisposeAsync();
        }
    }

    private static async Task<IReadOnlyList<Cost>> Costs(ServerRoom room, List<MeasuredKit> kits, Options options)
    {
        await using var zabbix = await Neighbour.Zabbix(room.Folder, "zabbix-idle");
        await using var askedZabbix = await Neighbour.Zabbix(room.Folder, "zabbix-asked");
        await using var exporter = await Neighbour.NodeExporter(room.Folder, "exporter-idle");
        await using var askedExporter = await Neighbour.NodeExporter(room.Folder, "exporter-asked");
        await Task.WhenAll(kits.Select(kit => Online(room.Ear, kit)));
        using var stop = new CancellationTokenSource();
        Task[] asking = [askedZabbix.AskEverySecond(stop.Token), askedExporter.AskEverySecond(stop.Token)];
        Watched[] watched =
        [
            .. kits.Zip(Agents, (kit, agent) => new Watched(agent.Name, kit.Agent!.Id, () => room.Ear.Count(kit.Name))),
            new("zabbix-agent2", zabbix.Id, () => zabbix.Answered), new("zabbix-agent2, 8 items/s", askedZabbix.Id, () => askedZabbix.Answered),
            new("node-exporter", exporter.Id, () => exporter.Answered), new("node-exporter, 1 scrape/s", askedExporter.Id, () => askedExporter.Answered),
        ];
        await Watch(watched, TimeSpan.FromMinutes(options.Minutes), asking);
        await stop.CancelAsync();
        await Task.WhenAll(asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [.. watched.Select(one => one.Cost())];
    }

    private static async Task Online(Ear ear, MeasuredKit kit)
    {
        var online = ear.Online(kit.Name);
        kit.Start();
        await online.WaitAsync(WaitFor.Generous);
    }

    // The first look comes after the start's own work. Whoever asks must go on asking, or the figures are worth nothing.
    private static async Task Watch(Watched[] watched, TimeSpan length, Task[] asking)
    {
        await Task.Delay(Pace * 2);
        using var beat = new PeriodicTimer(Pace);
        for (var spent = TimeSpan.Zero; ; spent += Pace)
        {
            foreach (var one in watched)
                one.Look();
            if (asking.FirstOrDefault(task => task.IsCompleted) is { } ended)
                await ended;
            if (spent >= length)
                return;
            await beat.WaitForNextTickAsync();
        }
    }
}
