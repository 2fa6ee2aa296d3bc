using System.CommandLine;
using ClassContact.Agent.Config;
using ClassContact.Kit.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClassContact.Agent.Run;

/// <summary><c>classcontact run</c>: the agent itself.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var settings = SettingsOption.Create();
        var command = new Command("run", CliWords.Of("run.help")) { settings };
        command.SetAction((parsed, ct) => Run(parsed.GetValue(settings)!, ct));
        return command;
    }

    private static async Task<int> Run(string path, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
            return Fail(ExitCode.Failed, CliWords.Of("run.linux"));
        var setup = Setup.Read(path);
        if (!setup.IsGood)
            return ConfigCommand.Tell(setup.Problems);
        var folders = setup.Value!.Folders;
        try
        {
            using var kit = InstanceLock.TryTake(Path.Combine(folders.Run, "agent.lock"));
            using var browser = kit is null ? null : InstanceLock.TryTake(Path.Combine(folders.Kiosk, "controller.lock"));
            if (kit is null || browser is null)
                return Fail(ExitCode.AnotherRuns, CliWords.Of("run.another", kit is null ? folders.Run : folders.Kiosk));
            return await Serve(setup.Value, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCode.Failed, CliWords.Of("run.folder", e.Message));
        }
    }

    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    private static async Task<int> Serve(Setup setup, CancellationToken ct)
    {
        var failed = false;
        var host = Host.CreateEmptyApplicationBuilder(new());
        host.Logging.AddSimpleConsole(c => c.SingleLine = true);
        host.Logging.AddFilter("Microsoft", LogLevel.Warning);
        host.Logging.SetMinimumLevel(LogLevel.Debug);
        if (Logs.Open(setup.Folders.Logs, setup.Kit.Log ?? new(), Console.Error.WriteLine) is { } files)
            host.Logging.AddProvider(files);
        host.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
        host.Services.AddSingleton(services => new Agent(setup, TimeProvider.System, services.GetRequiredService<ILoggerFactory>()));
        foreach (var i in Enumerable.Range(0, Agent.WorkerCount(setup)))
        {
            host.Services.AddSingleton<IHostedService>(services =>
            {
                var (name, run) = services.GetRequiredService<Agent>().Workers().ElementAt(i);
                return new Worker(name, run, services.GetRequiredService<ILoggerFactory>().CreateLogger("Agent"), () => failed = true);
            });
        }
        using var agent = host.Build();
        await agent.RunAsync(ct);
        return (int)(failed ? ExitCode.Failed : ExitCode.Ok);
    }

    private static int Fail(ExitCode code, string text)
    {
        Console.Error.WriteLine($"classcontact: {text}");
        return (int)code;
    }
}
