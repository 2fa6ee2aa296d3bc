using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClassContact.Kit.Health;
using ClassContact.Kit.Network;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Network;

public sealed class MeetingTests : IDisposable
{
    private readonly School world = new("O=Good Trust, CN=Good Trust Root");
    private readonly string shipped = Directory.CreateTempSubdirectory("classcontact-authorities-").FullName;

    public MeetingTests() => File.WriteAllText(Path.Combine(shipped, "good.crt"), world.Authority.ExportCertificatePem());

    public void Dispose()
    {
        world.Dispose();
        Directory.Delete(shipped, true);
    }

    private static string Date(TimeSpan off = default) =>
        $"HTTP/1.1 200 OK\r\nDate: {(DateTimeOffset.UtcNow + off).ToString("r", CultureInfo.InvariantCulture)}\r\n\r\n";

    private MeetingCaller Caller(int port, bool isEncrypted = true, TimeProvider? time = null, School? trusted = null, Place? proxy = null) => new(
        new("localhost", port, isEncrypted), proxy, new(shipped, [(trusted ?? world).Authority]), time ?? TimeProvider.System);

    private static async Task<Finding> Look(MeetingCaller caller, string code)
    {
        Exception? broken = null;
        var finding = await CheckRun.Once(MeetingChecks.Of(caller).Single(c => c.Code == code), TimeProvider.System, e => broken = e, default);
        Assert.Null(broken);
        return finding;
    }

    private async Task Sees(Host host, string code, Verdict verdict, string? reason, string? found = null, TimeProvider? time = null, School? trusted = null)
    {
        await using (host)
        {
            var finding = await Look(Caller(host.Port, time: time, trusted: trusted), code);
            Assert.Equal((verdict, reason), (finding.Verdict, finding.Reason));
            if (found is not null)
                Assert.Equal(found, finding.Found);
        }
    }

    private Host Good(TimeSpan off = default) => Host.Answering(_ => Date(off), world.Sign("localhost"));

    [Fact]
    public async Task A_good_host_passes_every_check_and_is_called_once()
    {
        await using var host = Good();
        var checks = MeetingChecks.Of(Caller(host.Port));
        foreach (var check in checks)
        {
            var finding = await check.Look(default);
            Assert.True(finding.Verdict is Verdict.Pass, $"{check.Code}: {finding}");
            Assert.All(finding.Measures, m => Assert.True(double.IsFinite(m.Value)));
        }
        Assert.Equal(2, host.Connections); // the door, and one visit for the other three
        Assert.Equal($"HEAD / HTTP/1.0\r\nHost: localhost:{host.Port}\r\nConnection: close\r\n\r\n", host.Heard);
    }

    [Fact]
    public Task The_issuers_organisation_is_told() => Sees(Good(), "meeting-tls", Verdict.Pass, null, "Good Trust");

    [Fact]
    public async Task A_private_authority_is_told_by_its_name()
    {
        using var acme = new School("O=ACME school inspection");
        await Sees(Host.Answering(_ => Date(), acme.Sign("localhost")), "meeting-tls", Verdict.Fail, "not-trusted", "ACME school inspection");
    }

    [Fact]
    public async Task A_private_authority_that_shows_its_root_is_not_trusted_either()
    {
        using var acme = new School("O=ACME school inspection");
        await Sees(Host.Answering(_ => Date(), acme.Sign("localhost"), [acme.Authority]), "meeting-tls", Verdict.Fail, "not-trusted", "ACME school inspection");
    }

    [Fact]
    public async Task A_private_authority_that_the_computer_trusts_but_did_not_come_with_is_inspection_that_no_browser_accepts()
    {
        using var acme = new School("O=ACME school inspection");
        await Sees(Host.Answering(_ => Date(), acme.Sign("localhost")), "meeting-tls", Verdict.Fail, "inspected", "ACME school inspection", trusted: acme);
    }

    [Fact]
    public async Task A_known_product_is_inspection_even_when_it_is_not_trusted()
    {
        using var box = new School("O=Fortinet, CN=FortiGate CA");
        await Sees(Host.Answering(_ => Date(), box.Sign("localhost")), "meeting-tls", Verdict.Fail, "inspected", "Fortinet");
    }

    [Fact]
    public async Task Without_the_folder_of_the_system_nothing_is_called_inspection()
    {
        await using var host = Good();
        var caller = Caller(host.Port) with { Authorities = new(Path.Combine(shipped, "nowhere"), [world.Authority]) };
        Assert.Equal(Verdict.Pass, (await Look(caller, "meeting-tls")).Verdict);
    }

    [Fact]
    public Task A_wrong_name_is_told() => Sees(Host.Answering(_ => Date(), world.Sign("elsewhere.example")), "meeting-tls", Verdict.Fail, "wrong-name");

    [Fact]
    public Task A_self_signed_certificate_is_told() => Sees(Host.Answering(_ => Date(), School.SelfSigned("localhost")), "meeting-tls", Verdict.Fail, "self-signed");

    [Theory]
    [InlineData(-40, -1, Verdict.Fail, "expired")]
    [InlineData(1, 40, Verdict.Fail, "not-yet-valid")]
    [InlineData(-40, 6, Verdict.Warn, "expires-soon")]
    [InlineData(-40, 8, Verdict.Pass, null)]
    [InlineData(-3, 3, Verdict.Pass, null)] // six days of life in all: a quarter is left at one and a half
    public async Task A_certificate_is_judged_by_its_dates(int from, int until, Verdict verdict, string? reason)
    {
        Host Dated() => Host.Answering(_ => Date(), world.Sign("localhost", DateTimeOffset.UtcNow.AddDays(from), DateTimeOffset.UtcNow.AddDays(until)));
        await Sees(Dated(), "meeting-certificate", verdict, reason);
        await Sees(Dated(), "meeting-tls", Verdict.Pass, null); // one root cause, told once
        await Sees(Dated(), "clock-right", Verdict.Pass, null);
    }

    [Fact]
    public async Task A_clock_six_years_slow_is_told_as_the_clock_and_not_as_a_stranger()
    {
        var slow = new HurriedTime(1, TimeSpan.FromDays(-6 * 365)); // older than the host's certificate, the authority between, and the root
        using var between = new School("O=Good Trust, CN=E5", world, DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(1));
        Host Through() => Host.Answering(_ => Date(), between.Sign("localhost"), [between.Authority]);
        await Sees(Through(), "clock-right", Verdict.Fail, "off", time: slow);
        await Sees(Through(), "meeting-tls", Verdict.Pass, null, "Good Trust", time: slow);
        await Sees(Through(), "meeting-certificate", Verdict.Fail, "not-yet-valid", time: slow);
        await Sees(Through(), "meeting-certificate", Verdict.Pass, null);

        using var acme = new School("O=ACME school inspection");
        await Sees(Host.Answering(_ => Date(), acme.Sign("localhost")), "clock-right", Verdict.CannotTell, "not-trusted", time: slow);
        await Sees(Host.Answering(_ => Date(), acme.Sign("localhost")), "meeting-tls", Verdict.Fail, "not-trusted", time: slow);
    }

    [Fact]
    public async Task An_authority_in_between_that_has_run_out_is_told_as_a_date()
    {
        using var between = new School("O=Good Trust, CN=E5", world, DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(1));
        using var old = between.As(world, DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddDays(-1));
        Host Through() => Host.Answering(_ => Date(), between.Sign("localhost"), [old]);
        await Sees(Through(), "meeting-certificate", Verdict.Fail, "expired");
        await Sees(Through(), "meeting-tls", Verdict.Pass, null);
        await Sees(Through(), "clock-right", Verdict.Pass, null);
    }

    [Fact]
    public void A_network_that_comes_wakes_all_that_it_may_change()
    {
        var checks = MeetingChecks.Of(Caller(443));
        Assert.All(checks, check => Assert.Equal(Wakes.Network, check.On));
        Assert.InRange(checks.Single(c => c.Code == "clock-right").Every, TimeSpan.Zero, TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData(0, Verdict.Pass)]
    [InlineData(25, Verdict.Pass)]
    [InlineData(-60, Verdict.Warn)]
    [InlineData(60, Verdict.Warn)]
    [InlineData(-3600, Verdict.Fail)]
    [InlineData(86400 * 365, Verdict.Fail)]
    public async Task The_clock_is_compared_with_the_hosts(int seconds, Verdict verdict)
    {
        await using var host = Good();
        var finding = await Look(Caller(host.Port, time: new HurriedTime(1, TimeSpan.FromSeconds(seconds))), "clock-right");
        Assert.Equal((verdict, verdict is Verdict.Pass ? null : "off"), (finding.Verdict, finding.Reason));
        Assert.InRange(Assert.Single(finding.Measures).Value, seconds - 5, seconds + 5);
    }

    [Fact]
    public Task An_answer_out_of_a_cache_is_as_old_as_it_says() => Sees(
        Host.Answering(_ => Date(TimeSpan.FromHours(-1)).Replace("\r\n\r\n", "\r\nAge: 3600\r\n\r\n", StringComparison.Ordinal), world.Sign("localhost")),
        "clock-right", Verdict.Pass, null);

    [Fact]
    public async Task A_stranger_may_not_tell_the_time()
    {
        using var acme = new School("O=ACME school inspection");
        await Sees(Host.Answering(_ => Date(TimeSpan.FromDays(9)), acme.Sign("localhost")), "clock-right", Verdict.CannotTell, "not-trusted");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nDate: yesterday\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nDate: Mon, 01 Jan 0001 00:00:00 GMT\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 abc\r\n\r\n")]
    [InlineData("")]
    public Task A_host_without_a_usable_date_cannot_tell_the_time(string answer) =>
        Sees(Host.Answering(_ => answer, world.Sign("localhost")), "clock-right", Verdict.CannotTell, "no-date");

    [Fact]
    public Task Endless_headers_are_given_up() => Sees(
        Host.Answering(_ => "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 100_000)), world.Sign("localhost")), "clock-right", Verdict.CannotTell, "no-date",
        time: new FakeTime(TimeProvider.System.GetUtcNow())); // given up by their length, not by their time

    [Fact]
    public Task A_host_that_says_nothing_gives_no_answer() => Sees(Host.Silent(), "meeting-tls", Verdict.Fail, "no-answer", time: new HurriedTime());

    [Fact]
    public Task A_host_that_hangs_up_speaks_no_tls() => Sees(Host.Rude(), "meeting-tls", Verdict.Fail, "not-tls");

    [Fact]
    public Task Garbage_is_no_tls() => Sees(Host.Saying("220 mail.example ESMTP\r\n"), "meeting-tls", Verdict.Fail, "not-tls");

    [Fact]
    public Task A_page_in_plain_http_is_no_tls() => Sees(Host.Saying(Date()), "meeting-tls", Verdict.Fail, "not-tls");

    [Fact]
    public Task Garbage_without_end_is_no_tls() => Sees(Host.Flooding("", new string('x', 65536)), "meeting-tls", Verdict.Fail, "not-tls");

    [Fact]
    public Task A_record_that_drips_is_given_up() =>
        Sees(Host.Dripping("\x16\x03\x03\x10\x00" + new string('x', 4096), TimeSpan.FromMilliseconds(20)), "meeting-tls", Verdict.Fail, "no-answer", time: new HurriedTime());

    [Fact]
    public async Task What_is_not_reached_is_told_by_the_door_alone()
    {
        var caller = Caller(ClosedPort());
        Assert.Equal("refused", (await Look(caller, "meeting-reachable")).Reason);
        foreach (var code in new[] { "clock-right", "meeting-tls", "meeting-certificate" })
            Assert.Equal((Verdict.Skipped, "not-reached"), (await Look(caller, code)) is var f ? (f.Verdict, f.Reason) : default);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_told_by_its_check_alone()
    {
        var caller = Caller(443) with { Place = new("no-such-host.invalid", 443, true) };
        Assert.Equal(Verdict.Fail, (await Look(caller, "meeting-dns")).Verdict);
        Assert.Equal("not-reached", (await Look(caller, "meeting-reachable")).Reason);
        Assert.Equal("not-reached", (await Look(caller, "meeting-tls")).Reason);
    }

    [Fact]
    public async Task A_meeting_in_plain_http_has_a_time_and_no_certificate()
    {
        await using var host = Host.Answering(_ => Date());
        var caller = Caller(host.Port, isEncrypted: false);
        Assert.Equal("not-encrypted", (await Look(caller, "meeting-tls")).Reason);
        Assert.Equal("not-encrypted", (await Look(caller, "meeting-certificate")).Reason);
        Assert.Equal(Verdict.Pass, (await Look(caller, "clock-right")).Verdict);
    }

    [Fact]
    public async Task A_look_that_is_cancelled_ends_at_once_and_the_next_one_looks_again()
    {
        await using var host = Host.Silent();
        var tls = MeetingChecks.Of(Caller(host.Port)).Single(c => c.Code == "meeting-tls");
        using var call = new CancellationTokenSource();
        var look = tls.Look(call.Token);
        await call.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look.WaitAsync(TimeSpan.FromSeconds(4)));
    }

    internal static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
