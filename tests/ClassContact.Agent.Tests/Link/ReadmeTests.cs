using System.Text.RegularExpressions;
using ClassContact.Classroom;
using ClassContact.Messages;
using Xunit;
using static ClassContact.Agent.Tests.Link.LinkUnderTest;

namespace ClassContact.Agent.Tests.Link;

/// <summary>How the README says that somebody else reads a kit: its own lines, run as they stand.</summary>
[Trait("Kit", "none")]
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task A_stranger_reads_a_kit_with_mosquitto_sub_and_a_dozen_lines_of_Python()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "README.md"), TestContext.Current.CancellationToken);
        var python = Python().Match(readme).Groups["code"].Value;
        var subscribe = Subscribe().Match(readme).Groups["options"].Value;
        Assert.InRange(python.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 5, 16);

        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.File("read.py"), python, TestContext.Current.CancellationToken);
        await using var broker = await Broker.Start();
        await using var link = new LinkUnderTest(To(broker));
        link.Worker.Show(Call(CallPhase.Open));
        // The door without certificates of the test's broker; everything else as it is written.
        await using var reader = ChildProcess.Start("reader", folder.Path, "bash", ["-c", $"mosquitto_sub -h 127.0.0.1 -p {broker.Port} {subscribe} | python3 '{folder.File("read.py")}'"]);
        await WaitFor.That("the call that the broker had kept", () => Task.FromResult(reader.Output()), output => output.Contains($"{LinkUnderTest.Kit} open", StringComparison.Ordinal));
        foreach (var bad in new[] { "not json", "[1]", "{}", "{\"name\":\"x\"}\n0 classcontact/v1/kit-2/call {\"state\":\"forged\"}", "" })
            Assert.Equal(0, await ChildProcess.Run("bad", folder.Path, "mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{broker.Port}", "-t", "classcontact/v1/kit-3/call", "-r", "-m", bad]));
        link.Worker.Show(Call(CallPhase.Standby));
        link.Worker.Tell("call-ended");
        await WaitFor.That("what came live", () => Task.FromResult(reader.Output()), output =>
            output.Contains($"{LinkUnderTest.Kit} standby", StringComparison.Ordinal) && output.Contains($"{LinkUnderTest.Kit} call-ended", StringComparison.Ordinal));
        Assert.Contains("kit-3 says what is no document", reader.Output(), StringComparison.Ordinal);
        Assert.DoesNotContain("forged", reader.Output(), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"```python\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Python();

    [GeneratedRegex(@"mosquitto_sub -h broker\.example\.org .*(?<options>-t 'classcontact/v1/#' -F '[^']*')")]
    private static partial Regex Subscribe();
}
