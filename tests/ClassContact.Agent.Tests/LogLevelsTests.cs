using ClassContact.Agent.Run;
using Microsoft.Extensions.Logging;
using Serilog.Events;
using Xunit;

namespace ClassContact.Agent.Tests;

[Trait("Kit", "none")]
public sealed class LogLevelsTests
{
    [Fact]
    public void Both_logs_say_as_much_as_the_settings_want_and_more_when_asked()
    {
        using var levels = new LogLevels("warning", TimeProvider.System);
        Assert.Equal((false, true, LogEventLevel.Warning), (levels.Allows(LogLevel.Information), levels.Allows(LogLevel.Warning), levels.Files.MinimumLevel));
        levels.Set(new("debug", 1));
        Assert.Equal((true, LogEventLevel.Debug), (levels.Allows(LogLevel.Debug), levels.Files.MinimumLevel));
        levels.Set(new("error", 1));
        Assert.Equal((false, LogEventLevel.Error), (levels.Allows(LogLevel.Warning), levels.Files.MinimumLevel));
    }

    [Fact]
    public void After_its_time_the_settings_count_again()
    {
        var time = new OneTimer();
        using var levels = new LogLevels("information", time);
        levels.Set(new("debug", 30));
        Assert.Equal(TimeSpan.FromMinutes(30), time.Due);
        time.Fire();
        Assert.Equal((false, LogEventLevel.Information), (levels.Allows(LogLevel.Debug), levels.Files.MinimumLevel));
    }

    /// <summary>A clock of which only the timer matters.</summary>
    private sealed class OneTimer : TimeProvider
    {
        private TimerCallback? callback;

        internal TimeSpan Due { get; private set; }

        internal void Fire() => callback!(null);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (this.callback, Due) = (callback, dueTime);
            return base.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
