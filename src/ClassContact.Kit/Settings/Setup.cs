using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Holidays;
using ClassContact.Kit.Screen;

namespace ClassContact.Kit.Settings;

/// <summary>A kit's settings together with the files that they name, all read and checked.</summary>
/// <param name="Kit">The settings.</param>
/// <param name="Meeting">How the meeting is joined.</param>
/// <param name="Link">Where the meeting is.</param>
public sealed record Setup(KitSettings Kit, MeetingDescription Meeting, MeetingLink Link)
{
    /// <summary>The school holidays; without a file in the settings, none is known.</summary>
    public HolidayCalendar Calendar { get; init; } = HolidayCalendar.None;

    /// <summary>The settings name a calendar, and it cannot be read.</summary>
    public bool IsCalendarBroken { get; init; }

    /// <summary>When the helpdesk answers, holidays minded.</summary>
    public HelpdeskHours Hours => new(Calendar.IsHoliday);

    /// <summary>Where things lie, with what was left out filled in.</summary>
    public FolderSettings Folders => Kit.Folders ?? new();

    /// <summary>The whole address of the meeting with the description's parameters: for the browser, and a secret.</summary>
    public string MeetingAddress() => Link.Reveal((Meeting.Query ?? new Dictionary<string, string>()).Select(q => KeyValuePair.Create(q.Key, Fill(q.Value))));

    /// <summary>A text of the meeting's description with what it stands for.</summary>
    public string Fill(string text) => text.Replace("{room}", Kit.Room, StringComparison.Ordinal);

    /// <summary>Where things lie, by a settings file that may be unreadable: then the usual places.</summary>
    public static FolderSettings ReadFolders(string path) =>
        SettingsFile.Read(path, SettingsJson.Default.KitSettings, _ => []).Value?.In(Path.GetDirectoryName(Path.GetFullPath(path))!).Folders ?? new();

    /// <summary>The settings alone, for a kit that has no certificate and no link yet: their shape is checked, and that the kit has a name.</summary>
    public static Checked<KitSettings> ReadUnenrolled(string path)
    {
        var read = SettingsFile.Read(path, SettingsJson.Default.KitSettings, k => k.Problems().Where(p => p.StartsWith("kit ", StringComparison.Ordinal)));
        return read with { Value = read.Value?.In(Path.GetDirectoryName(Path.GetFullPath(path))!) };
    }

    /// <summary>
    /// A kit whose settings and meeting's description are good and whose link's file is not there yet; null for any other. In the link's place stands the first host
    /// that the description allows, so that the way to it can be tried; nothing is ever opened there.
    /// </summary>
    public static Setup? ReadUnlinked(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var read = SettingsFile.Read(path, SettingsJson.Default.KitSettings, k => k.In(folder).Problems());
        if (!read.IsGood)
            return null;
        var kit = read.Value!.In(folder);
        if (File.Exists(kit.Meeting.LinkFile))
            return null;
        return MeetingDescription.Read(kit.Meeting.Description) is { IsGood: true, Value: { Hosts: [var host, ..] } meeting }
            && MeetingLink.Parse(kit.Meeting.LinkFile, $"https://{host}/", meeting.Hosts).Value is { } nowhere ? new(kit, meeting, nowhere) : null;
    }

    /// <summary>The same; false where the file's own shape is wrong or it cannot be read.</summary>
    public static bool TryReadFolders(string path, out FolderSettings folders, out IReadOnlyList<Problem> problems)
    {
        var read = SettingsFile.Read(path, SettingsJson.Default.KitSettings, _ => []);
        (folders, problems) = (ReadFolders(path), read.Problems);
        return read.Value is not null;
    }

    /// <summary>
    /// Reads everything and names all problems of all files at once. A calendar that is no good leaves a setup to work with, without holidays, and so do
    /// files for the helpdesk's way that cannot be read, without a helpdesk: no class is to fall out because of them.
    /// </summary>
    public static Checked<Setup> Read(string path)
    {
        var read = SettingsFile.Read(path, SettingsJson.Default.KitSettings, k => InItsFolder(k).Problems());
        if (read.Value is null)
            return new(null, read.Problems);
        var kit = InItsFolder(read.Value);
        var files = SettingsFile.Read(path, SettingsJson.Default.KitSettings, k => InItsFolder(k).FileProblems());
        var meeting = MeetingDescription.Read(kit.Meeting.Description);
        // Without a description nobody can say which hosts are allowed, so the link waits for the next look.
        var link = meeting.IsGood
            ? MeetingLink.Read(kit.Meeting.LinkFile, meeting.Value!.Hosts)
            : new(null, []);
        var calendar = kit.Holidays is { } file ? HolidayCalendar.Read(file) : new(HolidayCalendar.None, []);
        List<Problem> grave = [.. read.Problems, .. meeting.Problems, .. link.Problems];
        var setup = grave.Count > 0 ? null : new Setup(kit with { Room = LinkStore.ConfirmedRoom(kit) ?? kit.Room }, meeting.Value!, link.Value!)
        {
            Calendar = calendar.IsGood ? calendar.Value! : HolidayCalendar.None, IsCalendarBroken = !calendar.IsGood,
        };
        return new(setup, [.. read.Problems, .. files.Problems, .. meeting.Problems, .. link.Problems, .. calendar.Problems]);

        KitSettings InItsFolder(KitSettings k) => k.In(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
