using System.Globalization;
using ClassContact.Kit.Settings;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace ClassContact.Agent.Run;

/// <summary>The agent's log: JSON lines in rolling files, bounded by size and by count, and short lines on standard output for whoever watches.</summary>
internal static class Logs
{
    /// <summary>Opens the log. A folder that cannot be written costs the files and nothing else: a class still starts.</summary>
    public static ILoggerProvider? Open(string folder, LogSettings settings, Action<string> onTrouble)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, "agent-.log");
            var logger = new LoggerConfiguration()
                .MinimumLevel.Is(Enum.Parse<LogEventLevel>(settings.Level, ignoreCase: true))
                .WriteTo.File(
                    new JsonFormatter(formatProvider: CultureInfo.InvariantCulture), file,
                    rollingInterval: RollingInterval.Day, rollOnFileSizeLimit: true,
                    fileSizeLimitBytes: settings.FileMegabytes * 1024L * 1024L, retainedFileCountLimit: settings.Files)
                .CreateLogger();
            return new Serilog.Extensions.Logging.SerilogLoggerProvider(logger, dispose: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            onTrouble($"{folder}: no log files: {e.Message}");
            return null;
        }
    }
}
