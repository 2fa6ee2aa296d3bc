using static ClassContact.Mqtt.Tests.Central.Probe;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests.Central;

/// <summary>What a stolen kit has filled the broker with can be taken away again.</summary>
public sealed class ClearTests(CentralBroker broker) : IClassFixture<CentralBroker>
{
    /// <summary>More than the broker gives a reader at once.</summary>
    private const int Poison = 25_000;

    [Fact]
    public async Task All_that_a_revoked_kit_retained_is_gone_and_does_not_come_back_with_a_restart()
    {
        await using (var kit = await broker.OpenKit("kit-7"))
            await kit.Publish(Text(Tree("kit-7", "about"), "here", retained: true));
        await using (var stolen = await RawClient.Open(await broker.Kit("kit-66"), broker.Port))
        {
            for (var n = 0; n < Poison; n++)
                await stolen.Send(0x31, RawClient.Message(Tree("kit-66", $"reply/{n}"), [1], null)); // retained
            foreach (var channel in new[] { "about", "health", "presence" })
                await stolen.Send(0x31, RawClient.Message(Tree("kit-66", channel), [1], null));
            await stolen.MessagesUntilPong();
        }
        var said = (await broker.Ca("revoke", "kit", "kit-66")).Worked();
        Assert.Contains($"kit-66: {Poison + 3} retained document(s) taken away", said.Errors, StringComparison.Ordinal);
        await OnlyKit7IsLeft();
        await broker.Stop();
        await broker.Start();
        await OnlyKit7IsLeft();
    }

    [Fact]
    public async Task What_kits_retain_among_their_replies_is_taken_away_and_they_are_named()
    {
        await using var kit = await broker.OpenKit("kit-8");
        await kit.Publish(Text(Tree("kit-8", "about"), "here", retained: true));
        foreach (var id in new[] { "a", "b" })
            await kit.Publish(Text(Tree("kit-8", $"reply/{id}"), "poison", retained: true));
        Assert.Contains("kit-8: 2 retained", (await Clear("--replies")).Worked().Errors, StringComparison.Ordinal);
        Assert.Equal("", (await Clear("--replies")).Worked().Errors);
        await using var anna = await broker.OpenAccount();
        await anna.Subscribe(Tree("kit-8", "#"));
        Assert.Equal("here", (await anna.NextText()).Text);
        await anna.HasReadNothing();
        Assert.False(kit.Lost.IsCompleted);
        (await Clear("kit-8")).Worked();
    }

    [Fact]
    public async Task Nobody_but_the_brokers_user_enters_the_folder_of_the_socket()
    {
        var run = Path.Combine(broker.Root, "run/classcontact-broker");
        Assert.True(File.Exists(Path.Combine(run, "clear.sock")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(run));
        Assert.Equal(2, (await Clear("kit-7/#")).Code);
        Assert.Equal(2, (await Clear("+")).Code);
    }

    private async Task OnlyKit7IsLeft()
    {
        await using var anna = await broker.OpenAccount();
        await anna.Subscribe(Everything);
        Assert.Equal((Tree("kit-7", "about"), "here"), await anna.NextText());
        await anna.HasReadNothing();
    }

    private Task<Said> Clear(params string[] arguments) => CentralBroker.Script("clear", ["--root", broker.Root, .. arguments]);
}
