using System.Text.Json.Nodes;
using ClassContact.Classroom;
using ClassContact.KitBench.Usb;

namespace ClassContact.KitBench.Tests.Devices;

/// <summary>Our agent with real drivers: what it sees of the devices, and what it does with them.</summary>
[Collection(nameof(KnownDevices))]
public sealed class AgentStories(KnownDevices known) : IAsyncLifetime
{
    private static readonly string[] Checks =
        ["camera-present", "camera-expected", "speakerphone-present", "speakerphone-default", "speakerphone-muted", "speakerphone-volume", "microphone-level"];

    private Machine? machine;

    private Machine Machine => machine ?? throw new InvalidOperationException("it does not run");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => machine = await known.WithAgent();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => machine?.DisposeAsync() ?? default;

    [Fact]
    public async Task A_diagnosis_finds_camera_and_speakerphone_and_hears_through_the_microphone()
    {
        await using var camera = await Machine.Plug(new UsbCamera(new(TestPicture.Magenta)), Sockets.Camera);
        await using var plug = await Machine.Plug(new UsbSpeakerphone(), Sockets.Speakerphone);
        await Machine.Says(("camera-present", "pass"), ("speakerphone-default", "pass"));
        // Its code tells whether a class can be held: without a browser none can.
        var said = await Machine.Run($"classcontact diagnose --json --only {string.Join(',', Checks)} 2>/dev/null", InstalledAgent.Patience);
        Assert.Equal(string.Join(' ', Checks.Select(check => $"{check}=pass")), InstalledAgent.Findings(JsonNode.Parse(said.Output)!, Checks));
    }

    [Fact]
    public async Task The_agent_sees_every_device_come_and_go()
    {
        await Machine.Says(("camera-present", "none"), ("speakerphone-present", "none"), ("keyboard-present", "none"), ("call-button", "missing"));
        for (var turn = 0; turn < 2; turn++)
        {
            await using (await Machine.Plug(new UsbCamera(new(TestPicture.Magenta)), Sockets.Camera))
            await using (await Machine.Plug(new UsbSpeakerphone(), Sockets.Speakerphone))
            await using (await Machine.PlugKeyboard())
            await using (await Machine.PlugCallButton())
                await Machine.Says(("camera-present", "pass"), ("speakerphone-present", "pass"), ("keyboard-present", "pass"), ("call-button", "pass"));

            await Machine.Says(("camera-present", "none"), ("speakerphone-present", "none"), ("keyboard-present", "none"), ("call-button", "missing"));
        }
    }

    [Fact]
    public async Task The_call_button_starts_a_class_and_its_lamp_follows()
    {
        await using var box = await Machine.PlugCallButton();
        await WaitFor.That("the lamp to be out", () => box.Lamp, lamp => lamp == "off", InstalledAgent.Patience);
        await box.Press();
        await WaitFor.That("the lamp to blink", () => box.Lamp, lamp => lamp == "starting", InstalledAgent.Patience);
        Assert.NotEqual("standby", (string?)(await Machine.Status())["call"]!["state"]);
        await WaitFor.That("the lamp to go out when there is no browser", () => box.Lamp, lamp => lamp == "off", InstalledAgent.Patience);
    }
}
