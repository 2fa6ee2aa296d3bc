using System.CommandLine;
using ClassContact.Agent.Words;

namespace ClassContact.Agent.Config;

/// <summary>The option by which the commands find the kit's settings.</summary>
internal static class SettingsOption
{
    /// <summary>Where the package puts the settings.</summary>
    public const string Default = "/etc/classcontact/kit.json";

    public static Option<string> Create() => new("--settings", "-s")
    {
        Description = CliWords.Say("settings.help"),
        DefaultValueFactory = _ => Default,
        HelpName = "FILE",
    };
}
