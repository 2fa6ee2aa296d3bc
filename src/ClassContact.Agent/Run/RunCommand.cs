using System.CommandLine;
using System.Runtime.Versioning;
using ClassContact.Agent.Config;
using ClassContact.Agent.Words;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Run;

/// <summary><c>classcontact run</c>: the agent itself.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var settings = SettingsOption.Create();
        var command = new Command("run", CliWords.Say("run.help")) { settings };
        command.SetAction((parsed, ct) => Run(parsed.GetValue(settings)!, ct));
        return command;
    }

    /// <summary>Runs until it is asked to end.</summary>
    /// <param name="path">The settings file.</param>
    /// <param name="ct">Asks.</param>
    internal static async Task<int> Run(string path, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
            return Fail(ExitCode.Failed, CliWords.Say("run.linux"));
        var setup = Setup.Read(path);
        var unlinked = setup.Value is null ? Setup.ReadUnlinked(path) : null;
        if ((setup.Value ?? unlinked) is not { } known)
            return ConfigCommand.Tell(setup.Problems);
        try
        {
            using var kit = InstanceLock.TryTake(known.Folders, out var heldIn);
            if (kit is null)
                return Fail(ExitCode.AnotherRuns, CliWords.Say("run.another", ("folder", heldIn!)));
            var code = ExitCode.Ok;
            if (unlinked is not null)
                (code, setup) = await ServeUnlinked(path, unlinked, setup.Problems, ct);
            for (var next = setup; next is { Value: { } value } && !ct.IsCancellationRequested;)
                (code, next) = await Serve(path, value, next.Problems, ct);
            return code;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCode.Failed, CliWords.Say("run.folder", ("reason", e.Message)));
        }
    }

    // One wiring of the agent: until the process is to end, or until it is to be wired anew with other settings. A class that is on goes on meanwhile.
    [SupportedOSPlatform("linux")]
    private static Task<(int Code, Checked<Setup>? Next)> Serve(string path, Setup setup, IReadOnlyList<Problem> problems, CancellationToken ct) =>
        Until(path, setup, problems, async (wiring, logs, stop) =>
        {
            using var agent = new KitAgent(setup, wiring, TimeProvider.System, logs);
            return await Serve(agent.Workers(), agent.Stopping, logs, stop);
        }, ct);

    // A kit without a link: until there is one.
    [SupportedOSPlatform("linux")]
    private static Task<(int Code, Checked<Setup>? Next)> ServeUnlinked(string path, Setup setup, IReadOnlyList<Problem> problems, CancellationToken ct) =>
        Until(path, setup, problems, async (wiring, logs, stop) =>
        {
            using var kit = new UnlinkedKit(setup, wiring, TimeProvider.System, logs);
            return await Serve(kit.Workers(), kit.Stopping, logs, stop);
        }, ct);

    private static async Task<(int Code, Checked<Setup>? Next)> Until(
        string path, Setup setup, IReadOnlyList<Problem> problems, Func<Wiring, ILoggerFactory, CancellationToken, Task<int>> serve, CancellationToken ct)
    {
        using var levels = new LogLevels((setup.Kit.Log ?? new()).Level, TimeProvider.System);
        using var logs = LoggerFactory.Create(to => Logs.Add(to, setup, levels));
        foreach (var problem in problems)
            logs.CreateLogger("Settings").LogWarning("{Problem}", problem);
        Checked<Setup>? next = null;
        using var again = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, again.Token);
        var code = await serve(new(path, levels, read =>
        {
            next = read;
            again.CancelAfter(TimeSpan.Zero); // by a timer: who asks is part of what ends
        }), logs, either.Token);
        return (code, code == ExitCode.Ok ? next : null);
    }

    [SupportedOSPlatform("linux")]
    private static async Task<int> Serve(
        IEnumerable<(string Name, Func<CancellationToken, Task> Run)> workers, Action stopping, ILoggerFactory logs, CancellationToken ct)
    {
        var failed = false;
        var host = Host.CreateEmptyApplicationBuilder(new());
        host.Services.AddSingleton(logs);
        host.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10)); // the link says goodbye within 3 s
        foreach (var (name, run) in workers)
            host.Services.AddSingleton<IHostedService>(new Worker(name, run, logs.CreateLogger("Agent"), () => failed = true));
        using var running = host.Build();
        running.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping);
        // Whoever asks for the end while it begins gets an end in good order, too: a start that is broken off would throw.
        await running.StartAsync(CancellationToken.None);
        await running.WaitForShutdownAsync(ct);
        return failed ? ExitCode.Failed : ExitCode.Ok;
    }

    private static int Fail(int code, string text)
    {
        Console.Error.WriteLine($"classcontact: {text}");
        return code;
    }
}
