using ClassContact.Kit.CallButton;
using ClassContact.Kit.Camera;
using ClassContact.Kit.Computer;
using ClassContact.Kit.Door;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Keys;
using ClassContact.Kit.Network;
using ClassContact.Kit.Requests;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Speakerphone;
using ClassContact.Kit.Tests.House;
using ClassContact.Mqtt;
using Xunit;

namespace ClassContact.Kit.Tests.Settings;

public class ExampleTests
{
    private static readonly string Example = Repository.File("configs/kit.example.json");

    [Fact]
    public void The_example_has_no_problem_but_the_files_that_are_not_here()
    {
        var problems = Setup.Read(Example).Problems;
        Assert.Equal(
            ["broker.tls.caFile", "broker.tls.certificateFile", "broker.tls.keyFile", ""],
            problems.Select(p => p.Field));
        Assert.All(problems, p => Assert.EndsWith("does not exist", p.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_shows_every_setting()
    {
        var commented = File.ReadAllText(Example);
        var kit = SettingsJson.Default.KitSettings;
        Type[] sections =
            [typeof(KitSettings), typeof(MeetingSettings), typeof(KeySettings), typeof(BrokerSettings), typeof(TlsFiles), typeof(FolderSettings), typeof(LogSettings),
                typeof(CameraSettings), typeof(SpeakerphoneSettings), typeof(ComputerSettings), typeof(NetworkSettings), typeof(CallButtonSettings), typeof(EnrolmentSettings), typeof(RequestSettings), typeof(DoorSettings)];
        foreach (var type in sections)
        {
            var settings = kit.Options.GetTypeInfo(type).Properties.Where(p => p.AssociatedParameter is not null);
            Assert.All(settings, setting => Assert.Contains($"\"{setting.Name}\": ", commented, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_the_example_shows_as_defaults_are_the_defaults()
    {
        var kit = SettingsFile.Read(Example, SettingsJson.Default.KitSettings, _ => []).Value!;
        Assert.Equal(new KeySettings(Mute: new KeySettings().MuteChord, Help: new KeySettings().HelpChord), kit.Keys);
        Assert.Equal(new BrokerSettings(kit.Broker!.Host, Tls: kit.Broker.Tls), kit.Broker);
        Assert.Equal(new FolderSettings(), kit.Folders);
        Assert.Equal(new LogSettings(), kit.Log);
        Assert.Equal(new ComputerSettings(), kit.Computer);
        Assert.Equal(new CallButtonSettings(kit.CallButton!.Port), kit.CallButton);
        Assert.Equal(new DoorSettings(), kit.Door);
        Assert.Equal(new RequestSettings().Names(), kit.Requests!.Names());
        Assert.Equal(new KitSettings("a", "b", "c", kit.Meeting).Language, kit.Language);
    }
}
