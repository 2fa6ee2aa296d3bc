using System.Globalization;
using ClassContact.Agent.Words;
using ClassContact.Kit.Settings;
using Serilog;
using Serilog.Debugging;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace ClassContact.Agent.Run;

/// <summary>The agent's log: JSON lines in rolling files, bounded by size and by count, and short lines on standard output for whoever watches.</summary>
internal static class Logs
{
    /// <summary>Adds both. A folder that cannot be written costs the files and nothing else: a class still starts.</summary>
    public static void Add(ILoggingBuilder to, Setup setup, LogLevels levels)
    {
        var settings = setup.Kit.Log ?? new();
        to.SetMinimumLevel(LogLevel.Trace);
        to.AddFilter(levels.Allows);
        to.AddFilter("Microsoft", LogLevel.Warning);
        to.AddSimpleConsole(console => console.SingleLine = true);
        var folder = setup.Folders.Logs;
        SelfLog.Enable(new LogTrouble(folder, TimeProvider.System, Console.Error.WriteLine).Tell); // Serilog itself swallows what goes wrong
        try
        {
            Directory.CreateDirectory(folder);
            to.AddSerilog(File(Path.Combine(folder, "agent-.log"), settings, levels), dispose: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(CliWords.Say("run.no-log", ("folder", folder), ("reason", e.Message)));
        }
    }

    private static Serilog.Core.Logger File(string path, LogSettings settings, LogLevels levels) => new LoggerConfiguration()
        .MinimumLevel.ControlledBy(levels.Files)
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .WriteTo.File(
            new JsonFormatter(renderMessage: true, formatProvider: CultureInfo.InvariantCulture), path,
            rollingInterval: RollingInterval.Day, rollOnFileSizeLimit: true,
            fileSizeLimitBytes: settings.FileMegabytes * 1024L * 1024L, retainedFileCountLimit: settings.Files)
        .CreateLogger();
}
