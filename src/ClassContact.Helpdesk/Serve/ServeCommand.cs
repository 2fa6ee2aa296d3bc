using System.CommandLine;
using ClassContact.Helpdesk.Authority;
using ClassContact.Helpdesk.Register;
using ClassContact.Helpdesk.Settings;
using ClassContact.Helpdesk.Words;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClassContact.Helpdesk.Serve;

/// <summary><c>classcontact-helpdesk serve</c>: the signing service itself.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", HelpdeskWords.Say("serve.help")) { CommandRun.Settings };
        command.SetAction((line, ct) => CommandRun.With(line, (settings, stop) => Serve(settings, stop), ct));
        return command;
    }

    private static async Task<int> Serve(HelpdeskSettings settings, CancellationToken ct)
    {
        await new KitRegister(settings, TimeProvider.System).Check(ct);
        using var authority = KitAuthority.Read(settings.CaFile, settings.CaKeyFile);
        await using var server = EstServer.Create(settings, authority, TimeProvider.System, logs => logs.AddSimpleConsole(console => console.SingleLine = true));
        await server.StartAsync(ct);
        Console.WriteLine(HelpdeskWords.Say("serve.listens", ("address", settings.Listen)));
        await server.WaitForShutdownAsync(ct);
        return ExitCode.Ok;
    }
}
