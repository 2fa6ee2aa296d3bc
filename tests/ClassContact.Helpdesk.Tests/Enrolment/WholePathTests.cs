using System.Text.Json.Nodes;
using ClassContact.Classroom;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;
using ClassContact.Messages;

namespace ClassContact.Helpdesk.Tests.Enrolment;

/// <summary>Code, enrolment, a real broker, renewal, revocation, retirement.</summary>
public sealed class WholePathTests : IAsyncLifetime
{
    private static readonly KitId Kit1 = KitId.Parse("kit-1");
    private readonly List<string> told = [];
    private readonly LogLines log = new();
    private readonly ShiftedTime time = new();
    private SigningService service = null!;
    private Broker broker = null!;
    private EnrolledKit kit = null!;

    public async ValueTask InitializeAsync()
    {
        service = await SigningService.Start();
        // As packaging/broker's ca does it: a list, made anew with every certificate of the kit that was issued.
        await File.WriteAllTextAsync(service.File("index.txt"), "");
        await File.WriteAllTextAsync(service.File("ca.cnf"), "[ca]\ndefault_ca=a\n[a]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=30\n");
        await File.WriteAllTextAsync(service.File("revoke"), $"""
            cd '{Path.GetDirectoryName(service.CaFile)}' || exit 1
            ca() {"{"} openssl ca -config ca.cnf -cert ca.crt -keyfile ca.key "$@" 2>> ca.log; {"}"}
            for file in issued/*.pem; do
                openssl x509 -in "$file" -noout -subject | grep -q "CN = $1\$" && ca -revoke "$file"
            done
            ca -gencrl -out kits.crl
            """);
        await Shell.Good($"bash {service.File("revoke")} nobody");
        await service.Restart(s => s with { Revoke = ["bash", service.File("revoke")] });
        broker = await Broker.Start(
            new(service.CaFile, service.File("server.crt"), service.File("server.key"), AsksForCertificate: true),
            "use_identity_as_username true", "use_username_as_clientid true", $"crlfile {service.File("kits.crl")}");
        kit = new(service, change: settings => settings["broker"] = new JsonObject
        {
            ["host"] = "127.0.0.1", ["port"] = broker.Port,
            ["tls"] = new JsonObject { ["caFile"] = "data/identity/ca.crt", ["certificateFile"] = "data/identity/kit.crt", ["keyFile"] = "data/identity/kit.key" },
        });
        var (code, _, error) = await kit.Command(await service.Code("kit-1") + "\n", "enroll");
        Assert.True(code == 0, error);
        await service.Age("kit-1");
    }

    public async ValueTask DisposeAsync()
    {
        kit.Dispose();
        log.Dispose();
        await broker.DisposeAsync();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task A_kit_enrols_is_let_in_renews_after_two_thirds_and_is_kept_out_once_revoked()
    {
        Assert.Equal(0, await Publish());
        var first = await Serial();
        await Worker().Look(default);
        Assert.Equal(first, await Serial()); // nothing is due yet

        time.By = TimeSpan.FromDays(61); // the kit's clock alone: to the others the certificate is fresh
        Assert.True(await Worker().Look(default), log.ToString());
        Assert.NotEqual(first, await Serial());
        Assert.Equal(1, broker.Log.Split(" as kit-1 ").Length - 1); // this test's: the proof is no client, which would put out the link
        Assert.Equal(["certificate-renewed"], told);
        Assert.Equal(0, await Publish());

        Assert.Null((await service.Register.Revoke(Kit1, default)).Trouble);
        await broker.Kill(); // an open connection stays, and the list is read at the start
        await broker.Start();
        Assert.NotEqual(0, await Publish());
        Assert.False(await Worker().Look(default));
        Assert.Contains("link-not-fetched revoked", told);
        Assert.Contains("classcontact enroll", log.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, (await kit.Command(await service.Code("kit-1") + "\n", "enroll")).Code);
        Assert.Equal(0, await Publish());
    }

    [Fact]
    public async Task A_broker_that_is_reached_by_its_second_port_alone_proves_a_new_certificate_there()
    {
        var settings = Setup.ReadUnenrolled(kit.SettingsFile).Value!;
        settings = settings with { Broker = settings.Broker! with { Port = FreePort.Next(), SecondPort = broker.Port } };
        time.By = TimeSpan.FromDays(61);
        Assert.True(await new EnrolmentWorker(settings, time, log) { Tell = (name, cause) => told.Add(name) }.Look(default), log.ToString());
        Assert.Equal(["certificate-renewed"], told);
    }

    [Fact]
    public async Task A_new_certificate_that_the_broker_has_not_taken_replaces_nothing_and_is_not_signed_twice()
    {
        await service.Restart(s => s with { CertificateDays = 1 });
        Assert.Equal(0, (await kit.Command(await service.Code("kit-1") + "\n", "enroll")).Code);
        await service.Age("kit-1");
        var first = await Serial();
        time.By = TimeSpan.FromHours(17);
        await broker.Kill();
        var worker = Worker();
        for (var i = 0; i < 3; i++)
            Assert.False(await worker.Look(default));
        Assert.Equal(first, await Serial());
        Assert.Equal(3, service.Register.Read(Kit1).Certificates.Count);
        Assert.Equal(["certificate-not-renewed not-proven"], told); // once, not at every look
        await broker.Start();
        Assert.True(await worker.Look(default), log.ToString());
        Assert.NotEqual(first, await Serial());
        Assert.Equal(3, service.Register.Read(Kit1).Certificates.Count);
        Assert.False(File.Exists(kit.Identity("next.key")));
    }

    [Fact]
    public async Task A_new_certificate_that_the_broker_never_takes_is_replaced_by_another_after_a_week()
    {
        time.By = TimeSpan.FromDays(61);
        await broker.Kill();
        Assert.False(await Worker().Look(default));
        await service.Age("kit-1");
        Assert.False(await Worker().Look(default)); // by the kit's clock the first is two months old
        Assert.Equal(3, service.Register.Read(Kit1).Certificates.Count);
        await service.Stop();
        await broker.Start();
        Assert.False(await Worker().Look(default)); // the link cannot be fetched, and the renewal is finished without the service
        Assert.Contains("certificate-renewed", told);
    }

    [Fact]
    public async Task Nothing_is_renewed_in_a_class()
    {
        var first = await Serial();
        time.By = TimeSpan.FromDays(61);
        var settings = Setup.ReadUnenrolled(kit.SettingsFile).Value!;
        var isFree = false;
        var worker = new EnrolmentWorker(settings, time, log) { IsFree = () => isFree };
        Assert.False(await worker.Look(default)); // so it looks again within the hour
        Assert.Equal(first, await Serial());
        isFree = true;
        Assert.True(await worker.Look(default));
        Assert.NotEqual(first, await Serial());
    }

    [Fact]
    public async Task A_kit_that_comes_back_after_its_certificate_has_ended_says_how_to_go_on_and_one_that_comes_before_renews()
    {
        var first = await Serial();
        (time.By, service.Time.By) = (TimeSpan.FromDays(89), TimeSpan.FromDays(89));
        Assert.True(await Worker(withBroker: false).Look(default), log.ToString());
        Assert.NotEqual(first, await Serial());
        (time.By, service.Time.By) = (TimeSpan.FromDays(200), TimeSpan.FromDays(200));
        Assert.False(await Worker(withBroker: false).Look(default));
        Assert.Contains("certificate-not-renewed expired", told);
        Assert.Contains("ask the helpdesk for a code", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_a_year_ahead_asks_the_service_and_believes_its_clock_not_its_own()
    {
        time.By = TimeSpan.FromDays(365);
        Assert.True(await Worker(withBroker: false).Look(default), log.ToString());
        time.By = TimeSpan.FromDays(-365);
        Assert.False(await Worker(withBroker: false).Look(default)); // an hour later it looks again
        time.By = TimeSpan.Zero;
        Assert.True(await Worker(withBroker: false).Look(default));
        Assert.Equal(2, service.Register.Read(Kit1).Certificates.Count);
    }

    [Fact]
    public async Task Retiring_clears_the_broker_revokes_and_wipes_and_says_so_line_by_line()
    {
        await Publish("presence");
        await Fill();
        var (code, output, error) = await kit.Command(null, "retire", "kit-1");
        Assert.True(code == 0, output + error);
        Assert.Equal(7, output.Split('\n').Count(line => line.EndsWith("cleared", StringComparison.Ordinal)));
        Assert.Contains("out of use", output, StringComparison.Ordinal);
        Assert.Equal([], Directory.EnumerateFileSystemEntries(kit.Data));
        Assert.True(service.Register.Read(Kit1).Certificates.All(c => c.Revoked is not null));

        (code, output, _) = await kit.Command(null, "retire", "kit-1"); // and once more
        Assert.Equal(0, code);
        Assert.Equal(7, output.Split('\n').Count(line => line.EndsWith("nothing there", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_the_broker_kept_of_a_retired_kit_is_gone()
    {
        await Publish("presence");
        await service.Make("desk", "desk", "extendedKeyUsage=clientAuth");
        Assert.Contains("online", (await Retained()).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await kit.Command(null, "retire", "kit-1")).Code);
        Assert.Equal(27, (await Retained()).Code); // mosquitto_sub: nothing came in time
    }

    [Fact]
    public async Task A_retirement_half_offline_keeps_the_key_deletes_the_rest_and_is_finished_later()
    {
        await Fill();
        await service.Stop();
        await broker.Kill();
        var (code, output, _) = await kit.Command(null, "retire", "kit-1");
        Assert.Equal(1, code);
        Assert.Contains("Run it again", output, StringComparison.Ordinal);
        Assert.Equal(["identity"], Directory.EnumerateFileSystemEntries(kit.Data).Select(Path.GetFileName));
        await service.Listen();
        await broker.Start();
        (code, output, _) = await kit.Command(null, "retire", "kit-1");
        Assert.True(code == 0, output);
        Assert.Equal([], Directory.EnumerateFileSystemEntries(kit.Data));
    }

    [Fact]
    public async Task A_kit_whose_documents_could_not_be_cleared_keeps_its_certificate_for_that()
    {
        await Publish("presence");
        await service.Make("desk", "desk", "extendedKeyUsage=clientAuth");
        broker.Stop();
        var (code, output, _) = await kit.Command(null, "retire", "kit-1");
        Assert.Equal(1, code);
        Assert.Equal(3, output.Split('\n').Count(line => line.Contains("LEFT", StringComparison.Ordinal))); // documents, certificates, key
        Assert.DoesNotContain(service.Register.Read(Kit1).Certificates, c => c.Revoked is not null);
        broker.Continue();
        (code, output, _) = await kit.Command(null, "retire", "kit-1");
        Assert.True(code == 0, output);
        Assert.Equal(27, (await Retained()).Code);
        Assert.Contains(service.Register.Read(Kit1).Certificates, c => c.Revoked is not null);
    }

    [Fact]
    public async Task A_retirement_for_good_without_a_network_deletes_the_key_too()
    {
        await service.Stop();
        await broker.Kill();
        var (code, output, _) = await kit.Command(null, "retire", "kit-1", "--offline");
        Assert.Equal(1, code);
        Assert.Contains("ask the helpdesk to revoke kit-1", output, StringComparison.Ordinal);
        Assert.Equal([], Directory.EnumerateFileSystemEntries(kit.Data));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_kit_whose_certificate_is_worthless_is_retired_without_what_only_the_brokers_administrator_can_do(bool isRevoked)
    {
        await Fill();
        if (isRevoked)
            Assert.Null((await service.Register.Revoke(Kit1, default)).Trouble);
        else
            service.Time.By = TimeSpan.FromDays(200);
        await broker.Kill(); // or it would say no: it is the service's word that counts
        var (code, output, _) = await kit.Command(null, "retire", "kit-1");
        Assert.True(code == 0, output);
        Assert.Single(output.Split('\n'), line => line.EndsWith("LEFT TO THE BROKER'S ADMINISTRATOR", StringComparison.Ordinal)); // its documents there
        Assert.Equal([], Directory.EnumerateFileSystemEntries(kit.Data));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task A_kit_that_was_set_up_by_hand_is_retired_and_its_administrator_told_what_is_left(bool isLetIn, int left)
    {
        await service.Make("hand", "kit-1", "extendedKeyUsage=clientAuth");
        if (!isLetIn)
            await Shell.Good($"openssl req -x509 -new -key {service.File("hand.key")} -subj /CN=kit-1 -days 30 -out {service.File("hand.crt")}"); // nobody knows its authority
        using var byHand = new EnrolledKit(service, change: settings =>
        {
            settings.Remove("enrolment");
            settings["broker"] = new JsonObject
            {
                ["host"] = "127.0.0.1", ["port"] = broker.Port,
                ["tls"] = new JsonObject { ["caFile"] = service.CaFile, ["certificateFile"] = "hand.crt", ["keyFile"] = "hand.key" },
            };
        });
        foreach (var file in new[] { "hand.crt", "hand.key" })
            File.Copy(service.File(file), byHand.InFolder(file));
        var (code, output) = (1, "");
        for (var attempt = 0; attempt < 5 && code != 0; attempt++) // a reset can overtake the broker's word on a busy machine (TlsContract)
            (code, output, _) = await byHand.Command(null, "retire", "kit-1");
        Assert.True(code == 0, output);
        Assert.Equal(left, output.Split('\n').Count(line => line.EndsWith("LEFT TO THE BROKER'S ADMINISTRATOR", StringComparison.Ordinal)));
        Assert.False(File.Exists(byHand.InFolder("hand.key")) || File.Exists(byHand.InFolder("hand.crt")));
    }

    [Fact]
    public async Task Another_kits_name_or_an_agent_that_runs_retires_nothing()
    {
        Assert.Equal(2, (await kit.Command(null, "retire", "kit-2")).Code);
        Directory.CreateDirectory(kit.InFolder("run"));
        using (new FileStream(Path.Combine(kit.InFolder("run"), "agent.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            Assert.Equal(5, (await kit.Command(null, "retire", "kit-1")).Code);
        Assert.Equal(0, await Publish());
    }

    private EnrolmentWorker Worker(bool withBroker = true)
    {
        var settings = Setup.ReadUnenrolled(kit.SettingsFile).Value!;
        return new(withBroker ? settings : settings with { Broker = null }, time, log) { Tell = (name, cause) => told.Add($"{name} {cause}".Trim()) };
    }

    private async Task<string> Serial() => await Shell.Good($"openssl x509 -in {kit.Identity("kit.crt")} -noout -serial");

    private async Task<int> Publish(string channel = "event") => (await Shell.Line(
        $"mosquitto_pub -h 127.0.0.1 -p {broker.Port} --cafile {kit.Identity("ca.crt")} --cert {kit.Identity("kit.crt")} --key {kit.Identity("kit.key")} -q 1"
        + $" -t classcontact/v1/kit-1/{channel} -m online{(channel == "presence" ? " -r" : "")}")).Code;

    private Task<(int Code, string Output, string Error)> Retained() => Shell.Line(
        $"mosquitto_sub -h 127.0.0.1 -p {broker.Port} --cafile {service.CaFile} --cert {service.File("desk.crt")} --key {service.File("desk.key")} -t classcontact/v1/# -C 1 -W 2");

    private async Task Fill()
    {
        Directory.CreateDirectory(Path.Combine(kit.Data, "lessons"));
        foreach (var file in new[] { "link", "link.new", "link.room", "lessons/1.json", "outbox.db", "outbox.db-wal", "requests.json", "broker-way" })
            await File.WriteAllTextAsync(Path.Combine(kit.Data, file), "x");
    }
}
