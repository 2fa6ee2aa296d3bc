using ClassContact.Messages;
using Serilog.Core;
using Serilog.Events;

namespace ClassContact.Agent.Run;

/// <summary>How much the log says: what the settings want, or for a while what the helpdesk asked for. A restart forgets the latter.</summary>
internal sealed class LogLevels : IDisposable
{
    private readonly Lock gate = new();
    private readonly string settings;
    private readonly TimeProvider time;
    private volatile LogLevel lowest;
    private ITimer? back;

    /// <param name="settings">The settings' level, one of <see cref="SetLogLevel.Levels"/>.</param>
    /// <param name="time">Of the while.</param>
    public LogLevels(string settings, TimeProvider time)
    {
        (this.settings, this.time) = (settings, time);
        Take(settings);
    }

    /// <summary>Serilog's provider is given everything, whatever the host's filters say.</summary>
    public LoggingLevelSwitch Files { get; } = new();

    /// <summary>Whether a line is written.</summary>
    public bool Allows(LogLevel line) => line >= lowest;

    /// <summary>As asked, for as long as asked.</summary>
    public void Set(SetLogLevel wanted)
    {
        lock (gate)
        {
            back?.Dispose();
            back = time.CreateTimer(_ => Take(settings), null, TimeSpan.FromMinutes(wanted.Minutes), Timeout.InfiniteTimeSpan);
            Take(wanted.Level);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => back?.Dispose();

    private void Take(string level) => (lowest, Files.MinimumLevel) = (Parse<LogLevel>(level), Parse<LogEventLevel>(level));

    private static T Parse<T>(string level)
        where T : struct, Enum => Enum.Parse<T>(level, ignoreCase: true);
}
