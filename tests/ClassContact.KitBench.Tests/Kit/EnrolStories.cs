using ClassContact.Classroom;

namespace ClassContact.KitBench.Tests.Kit;

/// <summary>A kit that gets its certificate, its link and its door's secret from the central machine.</summary>
public sealed class EnrolStories(InstalledKit installed) : KitStories(installed)
{
    [Fact]
    public async Task A_code_of_the_helpdesk_makes_it_a_kit_that_is_seen_over_TLS_and_whose_door_opens_with_the_days_code()
    {
        var central = await CentralHere.Opens();
        await using var helpdesk = new Helpdesk(central);
        using var folder = new TestFolder();
        var code = await central.Command("code", InstalledKit.Name);
        await File.WriteAllTextAsync(folder.File("link"), $"http://127.0.0.1/meet/ecole-des-tilleuls/6a/?key={InstalledKit.AccessKey}");
        await central.Command("link", InstalledKit.Name, "--room", "6e A", "--file", folder.File("link"));
        await File.WriteAllTextAsync(folder.File("answers"), $"""
            room: 6e A
            server: https://{CentralHere.Name}:{central.ServicePort}
            authority: /srv/kits-ca.crt
            code: {code}
            broker: {CentralHere.Name}:{central.KitsPort}
            """);
        await Machine.CopyIn(folder.File("answers"), "/srv/enrol");
        await Machine.CopyIn(central.Authority, "/srv/kits-ca.crt");
        await Machine.Good($"echo '{Hardware.Outside} {CentralHere.Name}' >>/etc/hosts && classcontact setup --answers /srv/enrol </dev/null", Patience);

        await helpdesk.Sees("presence", ["\"online\""], Patience);
        Assert.Equal("600 classcontact\n600 classcontact\n", await Machine.Good("cd /var/lib/classcontact/identity && stat --format '%a %U' kit.key door.key"));
        await Room.ShowsStandby("enrolled", Mood.Ready);

        await Machine.Press("F9");
        await helpdesk.Sees("call", ["\"state\":\"open\"", "\"missing\":[]"], Patience);
        await Room.ShowsTheClass("a class over TLS");
        await Machine.Press("F10", held: TimeSpan.FromSeconds(3));
        await helpdesk.Sees("event", ["call-ended"], Patience);
        await Room.ShowsStandby("ended");
        await Room.ComesToRest();

        await Room.TypesTheCode(await central.Command("door", InstalledKit.Name));
        await helpdesk.Sees("event", ["\"door-opened\"", "\"cause\":\"code\""], Patience);
        await Room.DoorDraws("Open");
        await Room.ShowsTheDoor("the door of an enrolled kit");
    }
}
