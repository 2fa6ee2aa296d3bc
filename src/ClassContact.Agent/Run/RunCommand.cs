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

    private static async Task<int> Run(string path, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
            return Fail(ExitCode.Failed, CliWords.Say("run.linux"));
        var setup = Setup.Read(path);
        if (setup.Value is null)
            return ConfigCommand.Tell(setup.Problems);
        try
        {
            using var kit = InstanceLock.TryTake(setup.Value.Folders, out var heldIn);
            if (kit is null)
                return Fail(ExitCode.AnotherRuns, CliWords.Say("run.another", ("folder", heldIn!)));
            var code = ExitCode.Ok;
            for (Checked<Setup>? next = setup; next is { Value: { } value } && !ct.IsCancellationRequested;)
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
    private static async Task<(int Code, Checked<Setup>? Next)> Serve(string path, Setup setup, IReadOnlyList<Problem> problems, CancellationToken ct)
    {
        using var levels = new LogLevels((setup.Kit.Log ?? new()).Level, TimeProvider.System);
        using var logs = LoggerFactory.Create(to => Logs.Add(to, setup, levels));
        foreach (var problem in problems)
            logs.CreateLogger("Settings").LogWarning("{Problem}", problem);
        Checked<Setup>? next = null;
        using var again = new CancellationTokenSource();
        using var agent = new KitAgent(setup, new(path, levels, read =>
        {
            next = read;
            again.CancelAfter(TimeSpan.Zero); // by a timer: who asks is part of what ends
        }), TimeProvider.System, logs);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, again.Token);
        var code = await Serve(agent, logs, either.Token);
        return (code, code == ExitCode.Ok ? next : null);
    }

    [SupportedOSPlatform("linux")]
    private static async Task<int> Serve(KitAgent agent, ILoggerFactory logs, CancellationToken ct)
    {
        var failed = false;
        var host = Host.CreateEmptyApplicationBuilder(new());
        host.Services.AddSingleton(logs);
        host.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10)); // the link says goodbye within 3 s
        foreach (var (name, run) in agent.Workers())
            host.Services.AddSingleton<IHostedService>(new Worker(name, run, logs.CreateLogger("Agent"), () => failed = true));
        using var running = host.Build();
        running.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(agent.Stopping);
        await running.RunAsync(ct);
        return failed ? ExitCode.Failed : ExitCode.Ok;
    }

    private static int Fail(int code, string text)
    {
        Console.Error.WriteLine($"classcontact: {text}");
        return code;
    }
}
