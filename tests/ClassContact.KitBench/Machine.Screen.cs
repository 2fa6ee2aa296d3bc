using System.Text.Json.Nodes;

namespace ClassContact.KitBench;

/// <summary>What stands on the machine's screen.</summary>
public sealed partial class Machine
{
    /// <summary>Takes a picture of the screen; the last of this name is kept among the artifacts as <c>NAME.png</c>.</summary>
    /// <param name="name">What it is of.</param>
    public async Task<ScreenPicture> Screen(string name)
    {
        var raw = Path.Combine(folder.Path, "screen.ppm");
        await control!.Execute("screendump", new JsonObject { ["filename"] = raw });
        await control.Execute("screendump", new JsonObject { ["filename"] = Path.Combine(diary.Folder, name + ".png"), ["format"] = "png" });
        return ScreenPicture.Read(await File.ReadAllBytesAsync(raw));
    }
}
