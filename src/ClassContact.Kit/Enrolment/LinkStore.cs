using System.Text;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tools;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Kit.Enrolment;

/// <summary>
/// The meeting's link on the kit's disk: the one in use in the file that the settings name, and one that waits for somebody at the kit to confirm its
/// room. All belong to their owner alone.
/// </summary>
/// <param name="kit">Names the files.</param>
public sealed class LinkStore(KitSettings kit)
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string waitingFile = Path.Combine(Data(kit), "link.new");

    /// <summary>The label of the room whose link waits to be confirmed; null when none waits. Not a secret.</summary>
    public string? WaitingRoom => Waiting()?.Room;

    /// <summary>The label of the room whose link is in use.</summary>
    public string Room => ConfirmedRoom(kit) ?? kit.Room;

    /// <summary>The label that came with the link in use; null for a link that was put there by hand.</summary>
    internal static string? ConfirmedRoom(KitSettings kit) =>
        SystemFile.Read(RoomFile(kit)) is { } label && PlainLine.ProblemOf(label, RoomLink.LongestRoom) is null ? label : null;

    /// <summary>Takes in what the service offers. Nothing is used before it was confirmed.</summary>
    /// <returns>What was done, or the problem of a link that this kit's meeting cannot have, without a word of it.</returns>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    internal (LinkStep Step, string? Problem) Offer(RoomLink? offered)
    {
        var step = LinkDecision.Of(InUse(), Waiting(), offered);
        if (step is LinkStep.Wait)
        {
            if (WhyNot(offered!) is { } problem)
                return (LinkStep.Nothing, problem);
            WholeFile.Write(waitingFile, offered!.ToJson(), OwnerAlone);
        }
        else if (step is LinkStep.Forget)
        {
            File.Delete(waitingFile);
        }
        return (step, null);
    }

    /// <summary>Takes the waiting link into use. Safe to repeat: the waiting one goes last.</summary>
    /// <returns>The room's label; null when none waited.</returns>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public string? Confirm()
    {
        if (Waiting() is not { } waiting)
            return null;
        WholeFile.Write(kit.Meeting.LinkFile, Encoding.UTF8.GetBytes(waiting.Link + "\n"), OwnerAlone);
        WholeFile.Write(RoomFile(kit), Encoding.UTF8.GetBytes(waiting.Room + "\n"), OwnerAlone);
        File.Delete(waitingFile);
        return waiting.Room;
    }

    /// <summary>Deletes every link. Returns whether there was any.</summary>
    internal bool Wipe()
    {
        string[] there = [.. new[] { waitingFile, waitingFile + ".next", RoomFile(kit), kit.Meeting.LinkFile }.Where(File.Exists)];
        foreach (var file in there)
            File.Delete(file);
        return there.Length > 0;
    }

    private RoomLink? InUse() => SystemFile.Read(kit.Meeting.LinkFile) is { Length: > 0 } link ? new(Room, link) : null;

    private RoomLink? Waiting()
    {
        try
        {
            return RoomLink.Parse(File.ReadAllBytes(waitingFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? WhyNot(RoomLink offered)
    {
        var meeting = SettingsFile.Read(kit.Meeting.Description, SettingsJson.Default.MeetingDescription, m => m.Problems());
        var problems = meeting.IsGood ? MeetingLink.Parse("the new link", offered.Link, meeting.Value!.Hosts).Problems : meeting.Problems;
        return problems.Count > 0 ? problems[0].ToString() : null;
    }

    private static string Data(KitSettings kit) => (kit.Folders ?? new()).Data;

    private static string RoomFile(KitSettings kit) => Path.Combine(Data(kit), "link.room");
}
