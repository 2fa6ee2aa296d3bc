using ClassContact.Kit.Sound.Alsa;
using Xunit;

namespace ClassContact.Kit.Tests.Sound.Alsa;

public class AlsaListTests
{
    // arecord -L of alsa-utils 1.2.8 on a kit with a USB speakerphone, shortened.
    private const string Captured = """
        null
            Discard all samples (playback) or generate zero samples (capture)
        default
            Default ALSA Output (currently PipeWire Media Server)
        hw:CARD=USB,DEV=0
            Jabra SPEAK 510 USB, USB Audio
            Direct hardware device without any conversions
        nameless
        """;

    [Fact]
    public void Each_name_has_its_description_on_one_line() => Assert.Equal(
        [
            ("null", "Discard all samples (playback) or generate zero samples (capture)"),
            ("default", "Default ALSA Output (currently PipeWire Media Server)"),
            ("hw:CARD=USB,DEV=0", "Jabra SPEAK 510 USB, USB Audio Direct hardware device without any conversions"),
            ("nameless", ""),
        ],
        AlsaList.Read(Captured));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("    a description of nothing\n")]
    public void Nothing_is_no_device(string output) => Assert.Empty(AlsaList.Read(output));
}
