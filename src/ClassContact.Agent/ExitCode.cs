namespace ClassContact.Agent;

/// <summary>What the command tells a script by its end.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    internal const int Ok = 0;

    /// <summary>It failed, or what was looked for is not there.</summary>
    internal const int Failed = 1;

    /// <summary>The command line itself is wrong.</summary>
    internal const int WrongUsage = 2;

    /// <summary>The settings have problems; each was named.</summary>
    internal const int SettingsHaveProblems = 3;

    /// <summary>The agent or the broker cannot be reached.</summary>
    internal const int CannotBeReached = 4;

    /// <summary>Another agent runs for this kit.</summary>
    internal const int AnotherRuns = 5;

    /// <summary>The agent said no.</summary>
    internal const int Refused = 6;
}
