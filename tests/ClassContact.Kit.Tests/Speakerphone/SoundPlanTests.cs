using System.Runtime.Versioning;
using ClassContact.Kit.Speakerphone;
using Xunit;

namespace ClassContact.Kit.Tests.Speakerphone;

[SupportedOSPlatform("linux")]
public sealed class SoundPlanTests
{
    private const string JabraIsSink = "pw-metadata 0 default.configured.audio.sink { \"name\": \"usb.out\" } Spa:String:JSON";
    private static readonly SpeakerphoneSettings Jabra = new("jabra", "0B0E:0420");

    [Fact]
    public void What_is_right_is_not_touched() => Assert.Equal("", Plan(Graphs.Laptop, Jabra));

    [Theory]
    [InlineData("pci.3", "display")]
    [InlineData("pci.analog", "other-loudspeaker")]
    public void A_stolen_default_is_given_back(string thief, string reason) =>
        Assert.Equal($"speakerphone-default/{reason}: {JabraIsSink}", Plan(Graphs.WithLoudspeaker(thief), Jabra));

    [Fact]
    public void So_is_a_stolen_microphone() => Assert.Equal(
        "speakerphone-default/other-microphone: pw-metadata 0 default.configured.audio.source { \"name\": \"usb.in\" } Spa:String:JSON",
        Plan(Graphs.WithMicrophone("pci.mic"), Jabra));

    [Fact]
    public void A_muted_and_a_silent_half_are_set_right_and_nothing_else() => Assert.Equal(
        "speakerphone-muted/loudspeaker, speakerphone-volume/microphone: wpctl set-mute 41 0; wpctl set-volume 42 100%",
        Plan(Graphs.Laptop.Replace("\"mute\": false, \"channelVolumes\": [ 1.0, 1.0 ]", "\"mute\": true, \"channelVolumes\": [ 1.0, 1.0 ]", StringComparison.Ordinal)
            .Replace("0.125", "0.0", StringComparison.Ordinal), Jabra));

    [Fact]
    public void What_is_not_said_is_left_alone() =>
        Assert.Equal("", Plan(Graphs.Laptop.Replace("\"mute\": false, \"channelVolumes\": [ 1.0, 1.0 ]", "\"mute\": 1", StringComparison.Ordinal), Jabra));

    [Fact]
    public void A_half_that_is_there_is_set_right_without_the_other() => Assert.Equal(
        $"speakerphone-present/no-microphone: {JabraIsSink}",
        Plan(Graphs.WithLoudspeaker("pci.3").Replace("\"Audio/Source\", \"node.name\": \"usb.in\"", "\"None\", \"node.name\": \"usb.in\"", StringComparison.Ordinal), Jabra));

    [Fact]
    public void When_it_is_missing_the_one_that_takes_its_place_is_used() => Assert.Equal(
        "speakerphone-present/another, speakerphone-default/display: pw-metadata 0 default.configured.audio.sink { \"name\": \"pci.analog\" } Spa:String:JSON",
        Plan(Graphs.Unplugged.Replace("\"name\": \"usb.out\"", "\"name\": \"pci.3\"", StringComparison.Ordinal).Replace("\"name\": \"usb.in\"", "\"name\": \"pci.mic\"", StringComparison.Ordinal), Jabra));

    [Fact]
    public void A_kit_without_a_speakerphone_is_left_alone() => Assert.Equal("", Plan(Graphs.WithLoudspeaker("pci.3"), new(Absent: true)));

    [Fact]
    public void A_name_with_quotation_marks_stays_one_name() => Assert.Contains(
        "{ \"name\": \"a\\u0022b\" }", Plan(Graphs.WithLoudspeaker("pci.3").Replace("\"usb.out\"", "\"a\\\"b\"", StringComparison.Ordinal), Jabra), StringComparison.Ordinal);

    private static string Plan(string graph, SpeakerphoneSettings settings)
    {
        var plan = SoundPlan.Of(SoundGraph.Parse(graph)!, settings);
        return plan.Wrong.Length + plan.Steps.Length == 0
            ? "" : $"{string.Join(", ", plan.Wrong)}: {string.Join("; ", plan.Steps.Select(step => $"{step.Program} {string.Join(' ', step.Arguments)}"))}";
    }
}
