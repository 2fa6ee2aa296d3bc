using ClassContact.Kit.Bundle;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Door;

/// <summary>
/// A bundle on a USB stick. The agent may mount nothing: it puts the bundle into a folder of its own and makes a file, for which a path unit of root waits
/// (<c>classcontact-stick.path</c>); what became of it that unit writes where the agent only reads.
/// </summary>
/// <param name="run">The agent's runtime folder.</param>
/// <param name="make">Makes a bundle.</param>
/// <param name="words">The language.</param>
/// <param name="time">Of the patience.</param>
internal sealed class StickSection(string run, Func<CancellationToken, Task<MadeBundle>> make, Words words, TimeProvider time)
{
    private const string Id = "stick";
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>A slow stick takes a megabyte a second, and root's part gives up after a minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);

    /// <summary>What root's part says, beside the name of the bundle.</summary>
    private static readonly string[] Known = ["no-stick", "several", "not-mounted", "full", "no-bundle"];

    private readonly string folder = Path.Combine(run, "stick");
    private readonly string wanted = Path.Combine(run, "stick-wanted");

    /// <summary>Where root's part writes its word.</summary>
    internal string Result { private get; init; } = "/run/classcontact-stick/result";

    /// <summary>The section.</summary>
    public DoorSection Section() => new(Id, () => DoorSection.Titled(Id, words, [], [], "copy"), new Dictionary<string, DoorDeed> { ["stick.copy"] = (_, ct) => Copy(ct) });

    private async Task<DoorSaid> Copy(CancellationToken ct)
    {
        var bundle = await make(ct);
        try
        {
            Clear();
            if (OperatingSystem.IsWindows())
                return DoorSection.Bad(words["door.failed"]);
            Directory.CreateDirectory(folder, OwnerAlone);
            bundle.Write(Path.Combine(folder, bundle.Name));
            await File.WriteAllBytesAsync(wanted, [], CancellationToken.None);
            return Told(await Answer(bundle.Name, ct));
        }
        finally
        {
            Clear();
        }
    }

    // The word begins with the bundle's name, so that it is about this one.
    private async Task<string?> Answer(string name, CancellationToken ct)
    {
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < Patience; await Task.Delay(Pace, time, ct))
        {
            if (SystemFile.Read(Result) is { } text && text.Split(' ') is [var about, var word] && about == name)
                return word;
        }
        return null;
    }

    private DoorSaid Told(string? word) =>
        word is "done" ? DoorSection.Good(words["door.stick.done"])
        : DoorSection.Bad(words[word is not null && Known.Contains(word) ? $"door.stick.{word}" : "door.stick.silent"]);

    private void Clear()
    {
        File.Delete(wanted);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
