using ClassContact.Classroom;

namespace ClassContact.Mqtt.Tests;

public sealed class BrokerSettingsTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("::1")]
    [InlineData("LocalHost")]
    public void Plain_mqtt_is_for_this_machine(string host) => Assert.Empty(new BrokerSettings(host).Problems());

    [Theory]
    [InlineData("192.168.1.7")]
    [InlineData("broker.example")]
    [InlineData("localhost.example")]
    [InlineData("::2")]
    public void Plain_mqtt_to_elsewhere_is_refused(string host) =>
        Assert.Equal([$"tls is missing: without it only a broker on this machine is accepted, not '{host}'"], new BrokerSettings(host).Problems());

    [Fact]
    public void Every_problem_is_named_at_once()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("empty"), "");
        var tls = new TlsFiles(folder.File("none"), null, folder.File("empty"));
        Assert.Equal(
            [
                "host 'a b' is not a host name or an address",
                "port 70000 is not a port (1..65535)",
                "tls.certificateFile is missing: keyFile is there, and the two come together",
                "keepAliveSeconds 4 is outside 5..600",
                "answerSeconds 0 is outside 1..120",
                $"tls.caFile '{folder.File("none")}' cannot be read: it does not exist",
                $"tls.keyFile '{folder.File("empty")}' cannot be read: it is empty",
            ],
            new BrokerSettings("a b", 70000, tls, 4, 0).Problems());
    }

    [Fact]
    public void An_address_where_a_files_name_belongs_is_told_without_it()
    {
        var settings = new BrokerSettings("broker.example", Tls: new("/etc/https://meeting.example/SECRET"), Proxy: "http://proxy.example:3128", ProxyLoginFile: "http://SECRET");
        Assert.Equal(["tls.caFile must be a file's name, not an address", "proxyLoginFile must be a file's name, not an address"], settings.Problems());
        Assert.Equal(settings.Problems(), settings.OwnProblems());
    }

    [Fact]
    public void An_empty_host_is_called_empty() => Assert.Equal(["host is empty"], new BrokerSettings("").Problems());

    [Fact]
    public async Task Settings_with_problems_are_never_connected_with()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => new BrokerSettings("broker.example", 0).Open("kit"));
        Assert.Contains("port 0", failure.Message, StringComparison.Ordinal);
        Assert.Contains("tls is missing", failure.Message, StringComparison.Ordinal);
    }
}
