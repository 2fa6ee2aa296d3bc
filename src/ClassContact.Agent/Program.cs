using System.CommandLine;
using ClassContact.Agent;
using ClassContact.Agent.Bundle;
using ClassContact.Agent.Card;
using ClassContact.Agent.Config;
using ClassContact.Agent.Diagnose;
using ClassContact.Agent.Enroll;
using ClassContact.Agent.Install;
using ClassContact.Agent.Lessons;
using ClassContact.Agent.Local;
using ClassContact.Agent.Privacy;
using ClassContact.Agent.Rehearse;
using ClassContact.Agent.Run;
using ClassContact.Agent.Tell;
using ClassContact.Agent.Watch;
using ClassContact.Agent.Words;
using Spectre.Console;

// What goes into a file or a pipe is text and nothing else; Spectre looks at TERM alone.
if (!AnsiConsole.Profile.Out.IsTerminal)
    (AnsiConsole.Profile.Capabilities.Ansi, AnsiConsole.Profile.Capabilities.ColorSystem) = (false, ColorSystem.NoColors);

var root = new RootCommand(CliWords.Say("help"))
{
    RunCommand.Create(), PressCommand.CreatePress(), PressCommand.CreateStatus(), DiagnoseCommand.Create(), RehearseCommand.Create(), LessonsCommand.Create(), BundleCommand.Create(), CardCommand.Create(),
    SetupCommand.Create(), EnrollCommand.Create(), LinkCommand.Create(), RetireCommand.Create(), WatchCommand.Create(), TellCommand.Create(), AskCommand.Create(), ConfigCommand.Create(),
    PrivacyCommand.Create(),
};
root.Options.OfType<VersionOption>().Single().Action = new TellVersion();
var parsed = root.Parse(args, new() { ResponseFileTokenReplacer = null }); // a text for a room may begin with @
// After Ctrl-C or SIGTERM: the agent's host takes 10 s at most, a rehearsal that has to close a hung page 15 s.
var code = await parsed.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
return parsed.Errors.Count > 0 ? ExitCode.WrongUsage : code;
