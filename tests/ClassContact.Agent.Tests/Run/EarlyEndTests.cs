using ClassContact.Agent.Run;
using ClassContact.Classroom;
using ClassContact.Kit.Settings;
using Xunit;

namespace ClassContact.Agent.Tests.Run;

[Trait("Kit", "none")]
public sealed class EarlyEndTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_agent_that_is_asked_to_end_while_it_begins_ends_well()
    {
        var settings = folder.File("kit.json");
        var kit = new KitSettings("bxl-0042", "École", "5e B", new(Path.Combine(Checkout.Root, "configs/meeting/vectera.json"), folder.File("link")),
            Folders: new(folder.File("run"), folder.File("kiosk"), folder.File("logs"), folder.File("input"), folder.File("data")));
        Assert.Empty(SettingsWriter.Write(settings, kit));
        Assert.Equal(ExitCode.Ok, await RunCommand.Run(settings, new(canceled: true)));
    }
}
