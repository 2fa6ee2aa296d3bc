using ClassContact.Kit.Health;

namespace ClassContact.Kit.Speakerphone;

/// <summary>The speakerphone that this kit was shipped with.</summary>
/// <param name="Name">Part of its name, whatever its case; null takes any device with a loudspeaker and a microphone.</param>
/// <param name="Usb">Its USB ids as <c>lsusb</c> writes them, <c>0b0e:0420</c>; null takes any.</param>
/// <param name="Absent">True for a kit without a speakerphone: it is not looked for.</param>
public sealed record SpeakerphoneSettings(string? Name = null, string? Usb = null, bool Absent = false)
{
    /// <summary>Everything that is wrong, each beginning with the field's name.</summary>
    public IEnumerable<string> Problems() => Expected.Problems(Name, Usb);
}
