using ClassContact.Kit.Health;
using ClassContact.Kit.Network;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Network;

public sealed class AccessTests
{
    private const string Ours = "HTTP/1.0 200 OK\r\n\r\n\nclasscontact\n";

    [Theory]
    [InlineData(Ours, Verdict.Pass, null, Verdict.Pass, null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nclasscontactand more", Verdict.Pass, null, Verdict.Pass, null)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://login.school.example/\r\n\r\n", Verdict.Fail, "login-needed", Verdict.Pass, null)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n<html>Bienvenue au Wi-Fi classcontact</html>", Verdict.Fail, "login-needed", Verdict.Pass, null)]
    [InlineData("HTTP/1.1 511 Network Authentication Required\r\n\r\n", Verdict.Fail, "login-needed", Verdict.Pass, null)]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", Verdict.Skipped, "behind-proxy", Verdict.Fail, "login")]
    [InlineData("HTTP/1.1 200 OK\r\nVia: 1.1 10.1.2.3 (squid/5.7)\r\n\r\nclasscontact", Verdict.Pass, null, Verdict.Warn, "between")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\n\r\n", Verdict.Skipped, "silent-probe", Verdict.Pass, null)]
    [InlineData("SSH-2.0-OpenSSH\r\n", Verdict.Skipped, "silent-probe", Verdict.Skipped, "silent-probe")]
    [InlineData("", Verdict.Skipped, "silent-probe", Verdict.Skipped, "silent-probe")]
    public async Task An_answer_shows_who_stands_in_between(string answer, Verdict portal, string? why, Verdict proxy, string? whyProxy)
    {
        await using var host = Host.Answering(_ => answer);
        var checks = Checks(host.Port);
        var (atProxy, atPortal) = (await checks[0].Look(default), await checks[1].Look(default));
        Assert.Equal((portal, why), (atPortal.Verdict, atPortal.Reason));
        Assert.Equal((proxy, whyProxy), (atProxy.Verdict, atProxy.Reason));
        Assert.Equal(whyProxy is "between" ? "squid/5.7" : null, atProxy.Found);
        Assert.Equal(1, host.Connections); // no redirect was followed, and one answer was enough for both
    }

    [Fact]
    public async Task Megabytes_are_read_up_to_a_limit()
    {
        await using var host = Host.Flooding("HTTP/1.1 200 OK\r\n\r\n", new string('x', 65536));
        Assert.Equal("login-needed", (await Checks(host.Port)[1].Look(default)).Reason);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n", "X: y\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: ", "yyyyyyyyyyyy")]
    public async Task Headers_without_end_are_given_up(string first, string more)
    {
        await using var host = Host.Flooding(first, more);
        Assert.Equal("silent-probe", (await Checks(host.Port)[1].Look(default)).Reason);
    }

    [Fact]
    public async Task An_answer_that_drips_is_given_up()
    {
        await using var host = Host.Dripping(Ours, TimeSpan.FromSeconds(1));
        Assert.Equal("silent-probe", (await Checks(host.Port, new HurriedTime())[1].Look(default)).Reason);
    }

    [Fact]
    public async Task Silence_is_given_up()
    {
        await using var host = Host.Silent();
        Assert.Equal("silent-probe", (await Checks(host.Port, new HurriedTime())[1].Look(default)).Reason);
    }

    [Fact]
    public async Task A_probe_that_is_gone_makes_no_kit_ill() => Assert.All(
        await Task.WhenAll(Checks(MeetingTests.ClosedPort()).Select(c => c.Look(default))),
        finding => Assert.Equal((Verdict.Skipped, "silent-probe"), (finding.Verdict, finding.Reason)));

    [Fact]
    public async Task Without_a_probe_both_are_skipped() => Assert.All(
        await Task.WhenAll(AccessChecks.Of(null, Caller(null, TimeProvider.System)).Select(c => c.Look(default))),
        finding => Assert.Equal((Verdict.Skipped, "no-probe"), (finding.Verdict, finding.Reason)));

    [Theory]
    [InlineData("HTTP/1.1 200 Connection established\r\n\r\n", Verdict.Pass, null)]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", Verdict.Fail, "login")]
    [InlineData("HTTP/1.1 403 Filtered\r\n\r\n", Verdict.Fail, "refuses")]
    [InlineData("garbage\r\n\r\n", Verdict.Fail, "no-answer")]
    public async Task A_configured_proxy_is_asked_for_the_way_to_the_meeting(string answer, Verdict verdict, string? reason)
    {
        await using var proxy = Host.Answering(_ => answer);
        var caller = Caller(new("127.0.0.1", proxy.Port, false), TimeProvider.System);
        var finding = await AccessChecks.Of(null, caller)[0].Look(default);
        Assert.Equal((verdict, reason), (finding.Verdict, finding.Reason));
        Assert.Contains("CONNECT meeting.example:443 HTTP/1.1", proxy.Heard, StringComparison.Ordinal);
        Assert.Equal(verdict is Verdict.Pass ? Verdict.Pass : reason is "no-answer" ? Verdict.Fail : Verdict.Skipped, (await Door(caller)).Verdict);
    }

    [Theory]
    [InlineData("http://10.0.0.1:3128", "10.0.0.1:3128")]
    [InlineData("proxy.school.example:8080", "proxy.school.example:8080")]
    [InlineData("http://user:secret@proxy.school.example:8080/", "proxy.school.example:8080")]
    [InlineData("socks5://10.0.0.1:1080", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_proxy_is_read_from_the_environment(string? value, string? proxy) =>
        Assert.Equal(proxy, Proxies.Of(name => name == "https_proxy" ? value : null).To(new("meeting.example", 443, true))?.Authority);

    [Theory]
    [InlineData("meeting.example")]
    [InlineData("localhost,.example")]
    [InlineData("example")]
    [InlineData("*")]
    public void A_host_can_be_spared(string never) =>
        Assert.Null(new Proxies("http://p:1", "http://p:1", never).To(new("meeting.example", 443, true)));

    private static Task<Finding> Door(MeetingCaller caller) => MeetingChecks.Of(caller).Single(c => c.Code == "meeting-reachable").Look(default);

    private static MeetingCaller Caller(Place? proxy, TimeProvider time) => new(new("meeting.example", 443, true), proxy, new(), time);

    private static IReadOnlyList<Check> Checks(int port, TimeProvider? time = null) => AccessChecks.Of(
        new(new Uri($"http://127.0.0.1:{port}/"), "classcontact", null, time ?? TimeProvider.System), Caller(null, time ?? TimeProvider.System));
}
