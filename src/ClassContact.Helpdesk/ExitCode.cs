namespace ClassContact.Helpdesk;

/// <summary>What the command tells a script by its end; the same numbers as <c>classcontact</c>'s.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    internal const int Ok = 0;

    /// <summary>It failed, or what was looked for is not there.</summary>
    internal const int Failed = 1;

    /// <summary>The command line itself is wrong.</summary>
    internal const int WrongUsage = 2;

    /// <summary>The settings, or a file that they name, have problems; each was named.</summary>
    internal const int SettingsHaveProblems = 3;
}
