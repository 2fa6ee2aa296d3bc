using System.CommandLine;
using ClassContact.Helpdesk;
using ClassContact.Helpdesk.Bundles;
using ClassContact.Helpdesk.Doors;
using ClassContact.Helpdesk.Kits;
using ClassContact.Helpdesk.Serve;
using ClassContact.Helpdesk.Words;

var root = new RootCommand(HelpdeskWords.Say("help"))
{
    ServeCommand.Create(), KitCommands.Code(), KitCommands.Link(), KitCommands.Revoke(), KitCommands.Kits(), DoorCommand.Create(), BundlesCommand.Create(),
};
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCode.WrongUsage : code;
