using System.Runtime.CompilerServices;

namespace ClassContact.Kit.Tests.Speakerphone;

/// <summary>What pw-dump 0.3.65 (Debian 12) wrote, shortened to what may be looked at, and one that was made up.</summary>
internal static class Graphs
{
    /// <summary>Captured.</summary>
    public static string Captured(string name, [CallerFilePath] string here = "") => File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Captured", name + ".json"));

    /// <summary>
    /// Not captured: written after PipeWire's documentation. A laptop whose card has loudspeaker, microphone and HDMI, a speakerphone on USB, a
    /// headset by radio, a camera on USB.
    /// </summary>
    public const string Laptop = """
        [
          { "id": 30, "type": "PipeWire:Interface:Device", "info": { "props": { "device.api": "alsa", "device.bus": "pci", "device.vendor.id": "0x8086", "device.product.id": "0x9d71" } } },
          { "id": 40, "type": "PipeWire:Interface:Device", "info": { "props": { "device.api": "alsa", "device.bus": "usb", "device.vendor.id": "0x0b0e", "device.product.id": "0x0420" } } },
          { "id": 50, "type": "PipeWire:Interface:Device", "info": { "props": { "device.api": "bluez5" } } },
          { "id": 60, "type": "PipeWire:Interface:Device", "info": { "props": { "device.api": "v4l2", "device.bus": "usb", "device.vendor.id": "1133", "device.product.id": "2085" } } },
          { "id": 31, "type": "PipeWire:Interface:Node", "info": { "props": { "media.class": "Audio/Sink", "node.name": "pci.analog", "node.description": "Built-in Audio Analog Stereo", "device.id": 30 },
            "params": { "Props": [ { "volume": 1.0, "mute": false, "channelVolumes": [ 0.064, 0.027 ] }, { "params": [] } ] } } },
          { "id": 32, "type": "PipeWire:Interface:Node", "info": { "props": { "media.class": "Audio/Source", "node.name": "pci.mic", "node.description": "Built-in Audio Analog Stereo", "device.id": 30 },
            "params": { "Props": [ { "volume": 1.0, "mute": false, "channelVolumes": [ 1.0 ] } ] } } },
          { "id": 33, "type": "PipeWire:Interface:Node", "info": { "props": { "media.class": "Audio/Sink", "node.name": "pci.3", "device.profile.name": "hdmi-stereo", "node.description": "Built-in Audio Digital Stereo", "device.id": 30 } } },
          { "id": 41, "type": "PipeWire:Interface:Node", "info": { "props": { "media.class": "Audio/Sink", "node.name": "usb.out", "node.description": "Jabra SPEAK 510 Analog Stereo", "device.id": 40 },
            "params": { "Props": [ { "volume": 1.0, "mute": false, "channelVolumes": [ 1.0, 1.0 ] } ] } } },
          { "id": 42, "type": "PipeWire:Interface:Node", "info": { "props": { "media.class": "Audio/Source", "node.name": "usb.in", "node.description": "Jabra SPEAK 510 Mono", "device.id": 40 },
            "params": { "Props": [ { "volume": 1.0, "mute": false, "channelVolumes": [ 0.125 ] } ] } } },
          { "id": 51, "type": "PipeWire:Interface:Node", "info": { "props": { "media.class": "Audio/Sink", "node.name": "radio", "node.description": "Headset of somebody with a name", "device.id": 50 } } },
          { "id": 61, "type": "PipeWire:Interface:Node", "info": { "props": { "media.class": "Video/Source", "node.name": "v4l2", "node.description": "Logitech C270", "device.id": 60 } } },
          { "id": 70, "type": "PipeWire:Interface:Node", "info": { "props": { "media.class": "Stream/Output/Audio", "node.name": "Chromium" } } },
          { "id": 80, "type": "PipeWire:Interface:Metadata", "props": { "metadata.name": "settings" }, "metadata": [] },
          { "id": 81, "type": "PipeWire:Interface:Metadata", "props": { "metadata.name": "default" }, "metadata": [
            { "subject": 0, "key": "default.audio.sink", "type": "Spa:String:JSON", "value": { "name": "usb.out" } },
            { "subject": 0, "key": "default.audio.source", "type": "Spa:String:JSON", "value": { "name": "usb.in" } } ] }
        ]
        """;

    /// <summary>The laptop without its speakerphone.</summary>
    public static string Unplugged => string.Join('\n', Laptop.Split('\n').Where(line => !line.Contains("usb.out\", \"node.desc", StringComparison.Ordinal) && !line.Contains("usb.in\", \"node.desc", StringComparison.Ordinal)
        && !line.Contains("\"channelVolumes\": [ 1.0, 1.0 ]", StringComparison.Ordinal) && !line.Contains("0.125", StringComparison.Ordinal)));

    /// <summary>Another default loudspeaker.</summary>
    public static string WithLoudspeaker(string name) => Laptop.Replace("\"name\": \"usb.out\"", $"\"name\": \"{name}\"", StringComparison.Ordinal);

    /// <summary>Another default microphone.</summary>
    public static string WithMicrophone(string name) => Laptop.Replace("\"name\": \"usb.in\"", $"\"name\": \"{name}\"", StringComparison.Ordinal);
}
