using System.Globalization;

namespace ClassContact.Classroom;

/// <summary>What can go wrong with a kiosk.</summary>
public sealed partial class Kiosk
{
    private string Unplugged => Path.Combine(Run, "camera-unplugged"); // virtual-camera looks for it

    /// <summary>Pulls a device's plug. Its tracks end as they do when a real one goes; nobody lists it any more.</summary>
    public async Task Unplug(Device device)
    {
        if (device.HasFlag(Device.Camera))
        {
            await File.WriteAllTextAsync(Unplugged, "");
            await SoundTool("pw-cli", "destroy", "kit-camera");
            Send(BrowserPart.Camera, Signal.Kill);
        }
        if (device.HasFlag(Device.Microphone))
            await SoundTool("pw-cli", "destroy", "kit-mic");
        if (device.HasFlag(Device.Loudspeaker))
            await SoundTool("pw-cli", "destroy", "kit-speaker");
    }

    /// <summary>Puts it back.</summary>
    public async Task PlugIn(Device device)
    {
        if (device.HasFlag(Device.Camera))
        {
            File.Delete(Unplugged);
            await SoundTool(Checkout.Packaging("list-virtual-camera"));
            Send(BrowserPart.Camera, Signal.Kill);
        }
        if ((device & Device.Speakerphone) is not Device.None)
            await WaitFor.That("the speakerphone", () => SoundToolCode(Checkout.Packaging("virtual-speakerphone")), code => code == 0); // on a busy machine its ports come late
    }

    /// <summary>Sends a signal to the browser's processes of a kind; returns how many there were.</summary>
    public int Send(BrowserPart part, Signal signal)
    {
        var ids = Processes(part).ToList();
        ids.ForEach(id => _ = SignalNative.Send(id, signal));
        return ids.Count;
    }

    /// <summary>The browser's processes of a kind.</summary>
    public IReadOnlyList<int> Processes(BrowserPart part) => part is BrowserPart.Browser
        ? BrowserId() is { } id ? [id] : []
        : [.. ProcessIds().Where(id => CommandLine($"/proc/{id}") is var line && line.Contains($"{Run}/profile", StringComparison.Ordinal) && line.Contains(Mark(part), StringComparison.Ordinal))];

    /// <summary>Signals the pages' processes: kill is a crash, stop is a page that hangs.</summary>
    public void SendRenderers(Signal signal) => Send(BrowserPart.Page, signal);

    private static string Mark(BrowserPart part) => part switch
    {
        BrowserPart.Page => "--type=renderer",
        BrowserPart.Graphics => "--type=gpu-process",
        BrowserPart.Network => "--utility-sub-type=network.",
        BrowserPart.Sound => "--utility-sub-type=audio.",
        BrowserPart.Camera => "--utility-sub-type=video_capture.",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static IEnumerable<int> ProcessIds() =>
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0])).Select(name => int.Parse(name!, CultureInfo.InvariantCulture));

    private async Task SoundTool(string tool, params string[] arguments)
    {
        var code = await SoundToolCode(tool, arguments);
        if (code != 0)
            throw new IOException($"{tool} {string.Join(' ', arguments)} ended with {code}");
    }

    private Task<int> SoundToolCode(string tool, params string[] arguments) =>
        ChildProcess.Run("sound-tool", folder, tool, arguments, new Dictionary<string, string?>
        {
            ["PIPEWIRE_RUNTIME_DIR"] = Run,
            ["XDG_RUNTIME_DIR"] = Run,
        });
}
