using ClassContact.Agent.Tell;
using ClassContact.Agent.Tests.Link;
using ClassContact.Agent.Tests.Requests;
using ClassContact.Classroom;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Agent.Tests.Tell;

/// <summary><c>ask</c> against a real Mosquitto and a kit's real link.</summary>
[Trait("Kit", "none")]
public sealed class AskTests
{
    [Fact]
    public async Task It_says_accepted_then_done_and_a_refusal_with_its_reason()
    {
        await using var broker = await Broker.Start(null, RequestTests.Told);
        await using var link = new LinkUnderTest(LinkUnderTest.To(broker));
        await RequestTests.Hears(broker);
        Assert.Equal((ExitCode.Ok, "accepted\ndone\n"), await Run(broker, RequestName.RunDiagnosis));
        Assert.Equal((ExitCode.Refused, "refused: not-allowed\n"), await Run(broker, RequestName.Reboot));
        Assert.Equal((ExitCode.Refused, "accepted\nrefused: not-enrolled\n"), await Run(broker, RequestName.RefreshLink));
        Assert.Equal((ExitCode.Refused, "accepted\nrefused: not-enrolled\n"), await Run(broker, RequestName.SendBundle));
    }

    [Theory]
    [InlineData("ask kit-1")]
    [InlineData("ask K reboot")]
    [InlineData("ask kit-1 bundle")]
    [InlineData("ask kit-1 send-bundle --to x")]
    [InlineData("ask kit-1 reboot --text x")]
    [InlineData("ask kit-1 show-message")]
    [InlineData("ask kit-1 set-log-level")]
    [InlineData("ask kit-1 set-log-level --level debug")]
    [InlineData("ask kit-1 set-log-level --level all --minutes 5")]
    [InlineData("ask kit-1 set-log-level --level debug --minutes 1441")]
    [InlineData("ask kit-1 reboot --minutes 5")]
    public void A_wrong_command_line_is_refused(string line) => Assert.NotEmpty(Root().Parse(line).Errors);

    [Theory]
    [InlineData("ask kit-1 reboot")]
    [InlineData("ask kit-1 send-bundle")]
    [InlineData("ask kit-1 run-diagnosis --port 1884")]
    [InlineData("ask kit-1 set-log-level --level debug --minutes 1440")]
    [InlineData("ask kit-1 show-message --text Bonjour")]
    public void A_right_command_line_is_taken(string line) => Assert.Empty(Root().Parse(line).Errors);

    private static System.CommandLine.RootCommand Root() => new() { AskCommand.Create() };

    private static async Task<(int Code, string Output)> Run(Broker broker, string name)
    {
        using var output = new StringWriter();
        var options = new AskOptions(LinkUnderTest.To(broker), LinkUnderTest.Kit, name, Wire.WriteRequest);
        return (await new AskRun(options, output, output, TimeProvider.System).Run(CancellationToken.None), output.ToString());
    }
}
