using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClassContact.Classroom;
using ClassContact.Kit.Screen;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;
using Xunit;

namespace ClassContact.Agent.Tests.Door;

/// <summary>The technician's door of a whole kit: the chord, the code, the screen, something done there, and a class that takes it all away.</summary>
public sealed partial class TechniciansDoorTests : KitTests
{
    private static readonly byte[] DoorSecret = DoorCode.SecretOf(new byte[DoorCode.SecretLength], KitId.Parse("any"));
    private string data = "";

    private protected override void Change(JsonObject settings)
    {
        data = (string)settings["folders"]!["data"]!;
        Directory.CreateDirectory(Path.Combine(data, "identity"));
        File.WriteAllBytes(Path.Combine(data, "identity", "door.key"), DoorSecret);
    }

    [Fact]
    public async Task The_chord_and_the_days_code_open_the_technicians_screen_until_a_class_begins()
    {
        var day = HelpdeskHours.DayOf(TimeProvider.System.GetUtcNow());
        await Kit.Kiosk.Hold(TimeSpan.FromSeconds(1), "Control_L", "Alt_L", "t"); // too short
        await Knock();
        await Kit.Kiosk.Screenshot(Path.Combine(Kit.Folder, "code.png"));
        await Kit.Kiosk.Enter("12345678");
        await Told("door-refused", "wrong-code");
        await Kit.Kiosk.Enter(DoorCode.Of(DoorSecret, day));
        await Told("door-opened", "code");
        await Done("sound.look"); // by itself
        await Tabs(Sections); // from the first section's tab to its first button: all checks
        await Kit.Kiosk.Type("Return");
        await WaitFor.That("a diagnosis", () => File.Exists(Path.Combine(data, "diagnosis.json")));
        await Done("status.checks", "Ready", "Attention", "Trouble");
        await Kit.Kiosk.Screenshot(Path.Combine(Kit.Folder, "open.png"));
        await OpenTheClass();
        await Told("door-closed", "class");
        await Press("end");
        await Kit.Reaches("standby");
        await Kit.Agent.Kill();
        Assert.EndsWith("/standby.html", await Kit.Kiosk.Ask("location.href"), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(Kit.Folder, "*.log", SearchOption.AllDirectories), log => File.ReadAllText(log).Contains(DoorCode.Of(DoorSecret, day), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kit_without_a_link_waits_with_an_open_door_until_there_is_one()
    {
        await Kit.Agent.Kill();
        var link = Path.Combine(Path.GetDirectoryName(Kit.Agent.Settings)!, "meeting-link");
        var text = await File.ReadAllTextAsync(link);
        File.Delete(link);
        Directory.Delete(Path.Combine(data, "identity"), recursive: true);
        Array.ForEach(Directory.GetFiles(Kit.Agent.Logs), File.Delete);
        Kit.Agent.StartAgain();
        await Logged("There is no meeting's link yet");
        await Knock("Open");
        await Done("sound.look"); // by itself
        await Tabs(Sound);
        await Kit.Kiosk.Type("Return");
        await Tabs(Sections - Sound); // to the loudspeaker's slider
        await Kit.Kiosk.Type("Right");
        await Tabs(2);
        await Kit.Kiosk.Type("Return");
        await Done("sound.set");
        await Kit.Kiosk.Screenshot(Path.Combine(Kit.Folder, "unlinked.png"));
        var written = link + ".new";
        await File.WriteAllTextAsync(written, text);
        File.SetUnixFileMode(written, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(written, link);
        await Kit.Reaches("standby");
        await OpenTheClass();
    }

    private const int Sections = 7;
    private const int Sound = 4; // from the first

    // A page that was only just attached to may not listen yet when the keys go down.
    private Task<bool> Knock(string place = "AskingCode") => WaitFor.That($"the page to show {place}", async () =>
    {
        await Kit.Kiosk.Hold(TimeSpan.FromSeconds(3.5), "Control_L", "Alt_L", "t");
        return Shows() is { } shown && shown.StartsWith(place, StringComparison.Ordinal);
    }, isShown => isShown);

    private async Task Tabs(int count)
    {
        await WaitFor.That("the open screen, with nothing that is being done", () => Shows() is "Open"); // until then no button works
        for (var i = 0; i < count; i++)
            await Kit.Kiosk.Type("Tab");
    }

    // Nobody can look into the page while the agent holds the browser.
    private Task Done(string action, params string[] how) => WaitFor.That(
        $"{action} to be done", () => how.DefaultIfEmpty("Ready").Any(mood => Has($"{action}\\\" was done: {mood}")));

    private string? Shows() => LastShown().Matches(Log()).LastOrDefault()?.Groups[1].Value;

    [GeneratedRegex(@"""View"":""(.*?)""")]
    private static partial Regex LastShown();

    private Task Logged(string text) => WaitFor.That($"'{text}' in the log", () => Has(text));

    private bool Has(string text) => Log().Contains(text, StringComparison.Ordinal);

    private string Log() => string.Concat(Directory.EnumerateFiles(Kit.Agent.Logs).Order().Select(File.ReadAllText));

    private Task Told(string name, string cause) => WaitFor.That(
        $"{name} to be told", () => Kit.Heard.Any(line => line.Contains($"\"{name}\"", StringComparison.Ordinal) && line.Contains($"\"cause\":\"{cause}\"", StringComparison.Ordinal)));
}
