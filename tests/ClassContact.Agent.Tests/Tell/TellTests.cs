using ClassContact.Agent.Tell;
using ClassContact.Agent.Tests.Link;
using ClassContact.Agent.Tests.Requests;
using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Tell;

/// <summary><c>tell</c> against a real Mosquitto and a kit's real link.</summary>
[Trait("Kit", "none")]
public sealed class TellTests : IDisposable
{
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task It_says_accepted_then_done()
    {
        await using var broker = await Broker.Start(null, RequestTests.Told);
        await using var link = new LinkUnderTest(LinkUnderTest.To(broker));
        await RequestTests.Hears(broker);
        var telling = Run(broker);
        await WaitFor.That("the message", () => !link.Messages.IsEmpty);
        link.Desk.Shown(link.Messages.Single().Id);
        Assert.Equal(ExitCode.Ok, await telling.WaitAsync(WaitFor.Generous));
        Assert.Equal("accepted\ndone: the room can read it\n", output.ToString());
    }

    [Fact]
    public async Task A_refusal_is_said_with_its_reason()
    {
        await using var broker = await Broker.Start(null, RequestTests.Told);
        await using var link = new LinkUnderTest(LinkUnderTest.To(broker));
        await RequestTests.Hears(broker);
        Assert.Equal(ExitCode.Refused, await Run(broker, "two\nlines"));
        Assert.Equal("refused: not-plain\n", output.ToString());
    }

    [Fact]
    public async Task A_kit_that_is_not_there_gives_no_answer()
    {
        await using var broker = await Broker.Start();
        Assert.Equal(ExitCode.Failed, await Run(broker));
        Assert.StartsWith("no answer: kit-1", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_broker_it_says_so()
    {
        var options = AskOptions.Tell(new("127.0.0.1", FreePort.Next()), LinkUnderTest.Kit, "Bonjour");
        Assert.Equal(ExitCode.CannotBeReached, await new AskRun(options, output, error, TimeProvider.System).Run(CancellationToken.None));
        Assert.Contains("Connection refused", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tell kit-1")]
    [InlineData("tell K Bonjour")]
    [InlineData("tell kit-1 Bonjour --port 0")]
    public void A_wrong_command_line_is_refused(string line) => Assert.NotEmpty(Root().Parse(line).Errors);

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    public void A_text_that_no_kit_would_show_is_refused(string text) => Assert.NotEmpty(Root().Parse(["tell", "kit-1", text]).Errors);

    [Fact]
    public void A_right_command_line_is_taken() => Assert.Empty(Root().Parse(["tell", "kit-1", "Bonjour, un instant.", "--port", "1884"]).Errors);

    private static System.CommandLine.RootCommand Root() => new() { TellCommand.Create() };

    private Task<int> Run(Broker broker, string text = "Bonjour, un instant.") =>
        new AskRun(AskOptions.Tell(LinkUnderTest.To(broker), LinkUnderTest.Kit, text), output, error, TimeProvider.System).Run(CancellationToken.None);
}
