using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Run;

/// <summary>What one wiring of the agent has of the process around it.</summary>
/// <param name="Settings">The settings file.</param>
/// <param name="Levels">Of the log.</param>
/// <param name="Again">Ends this wiring, and begins the next with these settings; returns at once.</param>
internal sealed record Wiring(string Settings, LogLevels Levels, Action<Checked<Setup>> Again);
