using System.CommandLine;
using ClassContact.Helpdesk.Settings;
using ClassContact.Helpdesk.Words;

namespace ClassContact.Helpdesk;

/// <summary>What all commands share: the settings, and words for expected trouble.</summary>
internal static class CommandRun
{
    /// <summary>Where the package puts the settings.</summary>
    public static readonly Option<string> Settings = new("--settings", "-s")
    {
        Description = HelpdeskWords.Say("settings.help"),
        DefaultValueFactory = _ => "/etc/classcontact-helpdesk/helpdesk.json",
        HelpName = "FILE",
    };

    /// <summary>Carries a command out with its settings; trouble with files becomes a line and an exit code.</summary>
    public static async Task<int> With(ParseResult line, Func<HelpdeskSettings, CancellationToken, Task<int>> run, CancellationToken ct)
    {
        try
        {
            return await run(HelpdeskSettings.Read(line.GetValue(Settings)!), ct);
        }
        catch (InvalidDataException e)
        {
            return Fail(ExitCode.SettingsHaveProblems, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCode.Failed, e.Message);
        }
    }

    /// <summary>A line on standard error, and the exit code.</summary>
    public static int Fail(int code, string text)
    {
        Console.Error.WriteLine($"classcontact-helpdesk: {text}");
        return code;
    }
}
