using System.Text;
using ClassContact.Classroom;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Agent.Tests.Help;

/// <summary>A whole kit: the help key, what the helpdesk hears of it, and what it answers.</summary>
public sealed class HelpTests : KitTests
{
    private const string Answer = "Bonjour, nous regardons. Un instant.";

    [Fact]
    public async Task A_room_asks_for_help_the_helpdesk_hears_what_is_the_matter_and_its_answer_reaches_the_screen()
    {
        Assert.Equal(0, await ChildProcess.Run("signal", Kit.Folder, "pkill", ["-STOP", "-x", "pipewire"])); // the sandbox's own: something is to be the matter
        await Kit.Agent.Kill();
        Kit.Agent.StartAgain(); // it looks at everything when it starts
        await WaitFor.That("the fault", () => Kit.Heard.Any(l => l.Contains("\"not-ready\"")), TimeSpan.FromSeconds(90));
        await Press("help");
        var call = await WaitFor.That("the call for help", () => Heard<KitEvent>("/event ").Find(e => e.Name == "help"), e => e is not null);
        Assert.Contains(new HelpFault("sound-server", "hangs"), call!.Help!.Faults);
        Assert.NotEmpty(call.Help.Figures[^1].Figures);
        await Press("help");

        Assert.Equal((0, "accepted\ndone: the room can read it\n"), await Tell(Answer));
        var (code, output) = await Tell(new string('x', 201));
        Assert.Equal((ExitCode.WrongUsage, true), (code, output.Contains("longer", StringComparison.Ordinal)));
        Assert.Equal(0, await ChildProcess.Run("refused", Kit.Folder, "mosquitto_pub",
            ["-h", "127.0.0.1", "-p", $"{Kit.Broker.Port}", "-q", "1", "-t", "classcontact/v1/try-kit-01/request/reboot", "-m", """{"v":1,"id":"a1","expires":"2100-01-01T00:00:00Z"}"""]));
        var refused = await WaitFor.That("the refusal", () => Heard<Reply>("/reply/").Find(r => r.Id == "a1"), r => r is not null);
        Assert.Equal(new Reply("a1", "reboot", Outcome.Refused, "not-allowed"), refused);
        Assert.Single(Heard<KitEvent>("/event "), e => e.Name == "help");

        await Kit.Agent.Process.End();
        Assert.Contains(Answer, await Kit.Kiosk.Ask("document.body.innerText"), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(Kit.Agent.Logs).Select(File.ReadAllText), text => text.Contains(Answer, StringComparison.Ordinal));
    }

    private async Task<(int Code, string Output)> Tell(string text)
    {
        await using var command = ChildProcess.Start($"tell-{Guid.NewGuid():N}", Kit.Folder, AgentProcess.Program, ["tell", "try-kit-01", text, "--port", $"{Kit.Broker.Port}"]);
        return (await command.Ended().WaitAsync(WaitFor.Generous), command.Output());
    }

    private List<T> Heard<T>(string channel)
        where T : class => [.. Kit.Heard.Where(l => l.Contains(channel, StringComparison.Ordinal)).Select(l => Wire.Read<T>(Encoding.UTF8.GetBytes(l[(l.IndexOf(' ', StringComparison.Ordinal) + 1)..]))?.Body).OfType<T>()];
}
