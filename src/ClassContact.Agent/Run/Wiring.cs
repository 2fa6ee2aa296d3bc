using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Run;

/// <summary>What one wiring of the agent has of the process around it.</summary>
/// <param name="Settings">The settings file.</param>
/// <param name="Levels">Of the log.</param>
/// <param name="Again">Ends this wiring, and begins the next with these settings; returns at once.</param>
internal sealed record Wiring(string Settings, LogLevels Levels, Action<Checked<Setup>> Again)
{
    /// <summary>Reads the settings, and begins the next wiring with them. False where they cannot be used: the log tells why, and everything goes on as it is.</summary>
    /// <param name="now">The settings of this wiring.</param>
    /// <param name="log">Gets what is wrong.</param>
    public bool Anew(Setup now, ILogger log)
    {
        var read = Setup.Read(Settings);
        foreach (var problem in read.Problems)
            log.LogWarning("{Problem}", problem);
        if (read.Value is null)
            return false;
        if (read.Value.Folders != now.Folders)
        {
            log.LogWarning("{File}: folders can only be changed while the agent does not run", Settings); // what lies in them is in use
            return false;
        }
        Again(read);
        return true;
    }
}
