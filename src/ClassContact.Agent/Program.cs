using System.CommandLine;
using ClassContact.Agent;
using ClassContact.Agent.Config;
using ClassContact.Agent.Diagnose;
using ClassContact.Agent.Local;
using ClassContact.Agent.Run;
using ClassContact.Agent.Watch;
using ClassContact.Agent.Words;

var root = new RootCommand(CliWords.Say("help"))
{
    RunCommand.Create(), PressCommand.CreatePress(), PressCommand.CreateStatus(), DiagnoseCommand.Create(), WatchCommand.Create(), ConfigCommand.Create(),
};
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCode.WrongUsage : code;
