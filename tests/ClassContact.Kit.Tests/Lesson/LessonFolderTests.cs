using ClassContact.Kit.Lesson;
using ClassContact.Messages;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClassContact.Kit.Tests.Lesson;

public sealed class LessonFolderTests : IDisposable
{
    private static readonly LessonQuality Quality = new(new(3.9, 4.3), new(12, 30), new(360, 720));

    private readonly string data = Directory.CreateTempSubdirectory("classcontact-lessons-").FullName;
    private readonly FakeTime time = new();
    private ClockState clock = ClockState.Synced;

    private LessonFolder Folder => new(data, time, NullLogger.Instance) { Clock = () => clock };

    private string Lessons => Path.Combine(data, "lessons");

    [Fact]
    public void What_is_kept_is_read_back_the_newest_first()
    {
        Folder.Keep(Lesson("a", -2));
        Folder.Keep(Lesson("b", -1));
        Assert.Equal(["b", "a"], Folder.Read().Select(lesson => lesson.Id));
        Assert.Equal(Lesson("b", -1) with { Changed = null }, Folder.Read()[0] with { Changed = null });
        Assert.Equal([new("browser", "Chrome/155", "Chrome/156")], Folder.Read()[0].Changed!);
    }

    [Fact]
    public void A_kit_without_lessons_has_none() => Assert.Empty(Folder.Read());

    [Fact]
    public void What_is_older_than_thirty_days_is_forgotten_unless_the_clock_cannot_be_trusted()
    {
        Folder.Keep(Lesson("old", -1));
        File.SetLastWriteTimeUtc(Directory.GetFiles(Lessons)[0], (time.GetUtcNow() - TimeSpan.FromDays(31)).UtcDateTime);
        clock = ClockState.Unsynced;
        Folder.Keep(Lesson("young", 0));
        Assert.Equal(2, Folder.Read().Count);
        clock = ClockState.Synced;
        Folder.Keep(Lesson("younger", 0));
        Assert.Equal(["younger", "young"], Folder.Read().Select(l => l.Id).OrderDescending());
    }

    [Fact]
    public void There_are_never_more_than_are_kept()
    {
        Directory.CreateDirectory(Lessons);
        for (var i = 0; i < LessonFolder.Most + 20; i++)
            File.WriteAllText(Path.Combine(Lessons, $"20200101T{i:000000}Z-x.json"), "{}");
        Folder.Keep(Lesson("new", 0));
        Assert.Equal(LessonFolder.Most, Directory.GetFiles(Lessons).Length);
        Assert.Equal("new", Folder.Read()[0].Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"id\":\"a\"}")]
    [InlineData("\0\0\0\0")]
    public void A_damaged_file_is_set_aside_and_the_others_are_read(string content)
    {
        Folder.Keep(Lesson("a", -1));
        File.WriteAllText(Path.Combine(Lessons, "20261122T080000Z-b.json"), content);
        Assert.Single(Folder.Read());
        Folder.SetDamagedAside();
        Assert.True(File.Exists(Path.Combine(Lessons, "20261122T080000Z-b.json.damaged")));
        Assert.Single(Folder.Read());
    }

    [Fact]
    public void A_name_that_would_lead_elsewhere_does_not()
    {
        Folder.Keep(Lesson("../../etc/x", 0));
        Assert.EndsWith("Z-etcx.json", Assert.Single(Directory.GetFiles(Lessons)), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private LessonRecord Lesson(string id, int days) => new(
        id, time.GetUtcNow().AddDays(days), time.GetUtcNow().AddDays(days).AddMinutes(50), LessonVerdict.Disturbed, "lost-network",
        new(50, 48, 45, 0, 0, 0), new(0, 0, 2, 0), 1, Quality, Quality, new(id, time.GetUtcNow(), "key"), [new("browser", "Chrome/155", "Chrome/156")]);
}
