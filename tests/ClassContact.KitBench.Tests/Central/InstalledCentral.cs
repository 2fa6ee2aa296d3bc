using System.Diagnostics;
using ClassContact.Classroom;
using ClassContact.KitBench.Image;

namespace ClassContact.KitBench.Tests.Central;

/// <summary>
/// A plain Debian on which the broker and the signing service were installed as their README says, once for all stories: booting and installing
/// take the time. Each story goes on from there on a machine of its own.
/// </summary>
public sealed class InstalledCentral : IAsyncLifetime
{
    private Checkpoint? saved;

    /// <summary>What the installers said.</summary>
    public string Said { get; private set; } = "";

    /// <summary>The machine as it was when both were installed.</summary>
    public async Task<CentralMachine> Machine() => new(await KitBench.Machine.From(saved ?? throw new InvalidOperationException("it was not installed")));

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var helpdesk = await Published.Folder("ClassContact.Helpdesk");
        var agent = await Published.Folder("ClassContact.Agent");
        var watch = Stopwatch.StartNew();
        await using var machine = await KitBench.Machine.Boot(await MachineImage.Get("broker"));
        var booted = watch.Elapsed;
        await machine.CopyIn(Path.Combine(Checkout.Root, "packaging/broker"), "/opt/checkout/packaging/broker");
        await machine.CopyIn(Path.Combine(Checkout.Root, "configs"), "/opt/checkout/configs");
        await machine.CopyIn(helpdesk, "/opt/helpdesk");
        await machine.CopyIn(agent, "/opt/agent");
        await machine.Good("echo '127.0.0.1 broker.test enrol.test' >>/etc/hosts");
        var central = new CentralMachine(machine);
        Said = await central.Install() + await central.InstallEnrolment();
        await machine.Good("mkdir -p /srv/accounts && cd /srv/accounts && classcontact-broker ca helpdesk anna");
        await central.BothRun();
        saved = await machine.Save();
        Console.WriteLine($"  the machine took commands after {booted.TotalSeconds:0} s and was saved as the central one after {watch.Elapsed.TotalSeconds:0} s");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => saved?.DisposeAsync() ?? default;
}
