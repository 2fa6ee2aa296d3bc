using System.Diagnostics;
using System.Runtime.Versioning;
using ClassContact.Kit.Diagnosis;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tests.Settings;
using Xunit;

namespace ClassContact.Kit.Tests.Diagnosis;

[SupportedOSPlatform("linux")]
public class BarePartsTests
{
    [Fact]
    public void Without_pipes_and_devices_there_is_nothing() => With((_, parts) =>
    {
        Assert.False(parts.BrowserAnswers());
        Assert.Equal(0, parts.Keyboards());
    });

    [Fact]
    public void A_browser_is_there_while_somebody_holds_its_pipe() => With((kiosk, parts) =>
    {
        var pipe = Path.Combine(kiosk, "cdp.in");
        Process.Start("mkfifo", pipe)!.WaitForExit();
        Assert.False(parts.BrowserAnswers());
        using (new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite)) // as the browser does
            Assert.True(parts.BrowserAnswers());
        Assert.False(parts.BrowserAnswers());
    });

    [Fact]
    public void What_is_no_keyboard_is_not_counted() => With((folder, parts) =>
    {
        File.WriteAllText(Path.Combine(folder, "event0"), "no device");
        Assert.Equal(0, parts.Keyboards());
    });

    private static void With(Action<string, KitParts> test)
    {
        using var folder = new SettingsFolder();
        folder.Write("kit.json", SettingsFolder.KitWith($$"""  "folders": { "kiosk": "{{folder.Path}}", "input": "{{folder.Path}}" }"""));
        test(folder.Path, BareParts.Of(Setup.Read(folder.File("kit.json")).Value!));
    }
}
