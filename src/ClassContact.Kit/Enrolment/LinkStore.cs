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

    private readonly Lock gate = new();
    private readonly string waitingFile = Path.Combine(Data(kit), "link.new");

    /// <summary>The label of the room whose link waits to be confirmed; null when none waits. Not a secret.</summary>
    public string? WaitingRoom => Waiting()?.Room;

    /// <summary>The label of the room whose link is in use.</summary>
    public string Room => ConfirmedRoom(kit) ?? kit.Room;

    /// <summary>Whether the kit has a link.</summary>
    public bool IsThere => InUse() is not null;

    /// <summary>The label that came with the link in use; null for a link that was put there by hand.</summary>
    internal static string? ConfirmedRoom(KitSettings kit) =>
        SystemFile.Read(RoomFile(kit)) is { } label && PlainLine.ProblemOf(label, RoomLink.LongestRoom) is null ? label : null;

    /// <summary>Takes in what the service offers. Nothing is used before it was confirmed.</summary>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    internal LinkOffered Offer(RoomLink? offered)
    {
        lock (gate)
        {
            var step = LinkDecision.Of(InUse(), Waiting(), offered);
            if (step is LinkStep.Wait)
            {
                if (WhyNot(offered!) is { } problem)
                    return new(LinkStep.Nothing, problem);
                WholeFile.Write(waitingFile, offered!.ToJson(), OwnerAlone);
            }
            else if (step is LinkStep.Forget)
            {
                File.Delete(waitingFile);
            }
            return new(step);
        }
    }

    /// <summary>Takes the waiting link into use. What a power cut leaves half done is done whole by doing it again: the waiting one goes last.</summary>
    /// <param name="room">The label that somebody at the kit has confirmed.</param>
    /// <returns>False when no link waits for this room.</returns>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public bool Confirm(string room)
    {
        lock (gate)
        {
            if (Waiting() is not { } waiting || waiting.Room != room)
                return false;
            WholeFile.Write(kit.Meeting.LinkFile, Encoding.UTF8.GetBytes(waiting.Link + "\n"), OwnerAlone);
            WholeFile.Write(RoomFile(kit), Encoding.UTF8.GetBytes(waiting.Room + "\n"), OwnerAlone);
            File.Delete(waitingFile);
            return true;
        }
    }

    /// <summary>A link was put there by hand: the label of the one before is not its.</summary>
    /// <exception cref="IOException">The disk is broken.</exception>
    public void ForgetRoom() => File.Delete(RoomFile(kit));

    /// <summary>Deletes every link. Returns whether there was any.</summary>
    internal bool Wipe()
    {
        string[] files = [waitingFile, RoomFile(kit), kit.Meeting.LinkFile];
        string[] there = [.. files.Concat(files.Select(WholeFile.Begun)).Where(File.Exists)];
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
