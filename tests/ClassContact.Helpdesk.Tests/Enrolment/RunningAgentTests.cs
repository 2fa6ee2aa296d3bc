using System.Text.Json;
using System.Text.Json.Nodes;
using ClassContact.Classroom;
using ClassContact.Messages;

namespace ClassContact.Helpdesk.Tests.Enrolment;

/// <summary>The real agent, its clock at the end of its certificate's life.</summary>
public sealed class RunningAgentTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private SigningService service = null!;
    private Broker broker = null!;
    private EnrolledKit kit = null!;
    private AgentProcess agent = null!;

    public async ValueTask InitializeAsync()
    {
        service = await SigningService.Start();
        await service.Make("desk", "desk", "extendedKeyUsage=clientAuth");
        broker = await Broker.Start(
            new(service.CaFile, service.File("server.crt"), service.File("server.key"), AsksForCertificate: true),
            "use_identity_as_username true", "use_username_as_clientid true");
        kit = new(service);
        Assert.Equal(0, (await kit.Command(await service.Code("kit-1") + "\n", "enroll")).Code);
        await service.Age("kit-1");
        agent = AgentProcess.Start(
            folder.File("agent"), "https://127.0.0.1/secret-zero", folder.File("kiosk"), null, "kit-1", clockCanBeSet: true, data: kit.Data, change: Enrolled);
        await agent.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        kit.Dispose();
        await broker.DisposeAsync();
        await service.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_kit_that_comes_back_on_the_last_day_of_its_certificate_renews_it_and_its_link_goes_on_with_the_new_one()
    {
        service.Register.SetLink(KitId.Parse("kit-1"), new("6e A", "https://127.0.0.1/secret-one"));
        var before = await File.ReadAllTextAsync(kit.Identity("kit.crt"));
        await service.Age("kit-1");
        agent.SetClock("+2148h"); // 89.5 of 90 days
        agent.StartAgain();
        await WaitFor.That("the new certificate", () => File.ReadAllText(kit.Identity("kit.crt")), now => now != before);
        await WaitFor.That("the kit to be online", () => Document("presence"), presence => presence.GetProperty("state").GetString() == "online");
        Assert.Equal(1, Connections); // the proof has not put out the link, though the broker knows both by the certificate's name alone
        await broker.Kill();
        await broker.Start();
        await WaitFor.That("the link with the new one", () => Connections, connections => connections == 2);
        await WaitFor.That("the room that waits", () => File.Exists(Path.Combine(kit.Data, "link.new")));
        agent.Process.Send(Signal.Terminate);
        await agent.Process.Ended().WaitAsync(WaitFor.Generous);
        var logs = string.Concat(Directory.EnumerateFiles(agent.Logs).Select(File.ReadAllText));
        Assert.Contains("was renewed", logs, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", logs + agent.Output, StringComparison.Ordinal);
        await Shell.Good($"openssl verify -CAfile {kit.Identity("ca.crt")} -purpose sslclient {kit.Identity("kit.crt")}");
    }

    private int Connections => broker.Log.Split(" as kit-1 ").Length - 1;

    private void Enrolled(JsonObject settings)
    {
        settings["enrolment"] = new JsonObject { ["server"] = service.Address, ["caFile"] = service.CaFile };
        settings["broker"] = new JsonObject
        {
            ["host"] = "127.0.0.1", ["port"] = broker.Port,
            ["tls"] = new JsonObject { ["caFile"] = kit.Identity("ca.crt"), ["certificateFile"] = kit.Identity("kit.crt"), ["keyFile"] = kit.Identity("kit.key") },
        };
    }

    private async Task<JsonElement> Document(string channel)
    {
        var output = await Shell.Good(
            $"mosquitto_sub -h 127.0.0.1 -p {broker.Port} --cafile {service.CaFile} --cert {service.File("desk.crt")} --key {service.File("desk.key")} -t classcontact/v1/kit-1/{channel} -C 1 -W 10");
        return JsonDocument.Parse(output).RootElement;
    }
}
