using System.Text.Json;
using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Lessons;

/// <summary>What the helpdesk learns of a lesson in a real browser and a real meeting.</summary>
public sealed class LessonRecordTests : KitTests
{
    private static readonly string[] Wanted =
    [
        "audio.sent.bitrate", "audio.sent.loss", "audio.sent.jitter", "audio.sent.level", "audio.sent.mos", "audio.received.bitrate", "audio.received.loss",
        "audio.received.jitter", "audio.received.level", "audio.received.concealed", "audio.received.mos", "video.sent.fps", "video.sent.height", "video.sent.bitrate",
        "video.received.fps", "video.received.height", "video.received.freezes", "rtt", "path.relay", "path.tcp",
    ];

    [Fact]
    public async Task A_lesson_is_measured_told_and_kept_and_outlives_its_agent()
    {
        await File.WriteAllTextAsync(LastGood, """{"browser":"Chrome/1.2.3.4"}""");
        await OpenTheClass();
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        await WaitFor.That("all figures", () => Missing(LastFigures()), missing => missing.Length == 0, TimeSpan.FromSeconds(60));
        var figures = LastFigures();
        Assert.InRange(figures["video.sent.fps"], 1, 61);
        Assert.InRange(figures["video.received.fps"], 1, 61);
        Assert.InRange(figures["audio.sent.mos"], 1, 4.5);
        Assert.InRange(figures["audio.received.mos"], 1, 4.5);
        Assert.InRange(figures["audio.sent.level"], -100, 0);
        Assert.Equal((0, 0), (figures["path.relay"], figures["path.tcp"]));

        await Kit.Agent.Kill();
        Kit.Agent.StartAgain();
        await Kit.Reaches("with-pupil");
        await Lasts(TimeSpan.FromSeconds(12)); // a whole window of figures
        await Press("end");
        await Kit.Reaches("standby");
        var heard = await WaitFor.That("the lesson", () => Kit.Heard.LastOrDefault(line => line.Contains("\"lesson\":{", StringComparison.Ordinal)), line => line is not null);
        var lesson = JsonDocument.Parse(heard![heard!.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("lesson");
        var minutes = lesson.GetProperty("minutes");
        Assert.InRange(minutes.GetProperty("withPupil").GetDouble(), 0.1, minutes.GetProperty("open").GetDouble());
        Assert.InRange(minutes.GetProperty("unwatched").GetDouble(), 0.01, 0.5);
        Assert.Equal(0, lesson.GetProperty("recoveries").GetInt32());
        foreach (var direction in new[] { "sent", "received" })
            foreach (var measure in new[] { "sound", "fps", "lines" })
                Assert.True(lesson.GetProperty(direction).GetProperty(measure).GetProperty("median").GetDouble() > 0);
        var change = Assert.Single(lesson.GetProperty("changed").EnumerateArray());
        Assert.Equal(("browser", "Chrome/1.2.3.4"), (change.GetProperty("what").GetString(), change.GetProperty("was").GetString()));

        var (code, table) = await Kit.Agent.Command("lessons");
        Assert.True(code == 0, table);
        Assert.Contains(lesson.GetProperty("start").GetDateTimeOffset().ToLocalTime().ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), table, StringComparison.Ordinal);
        var (_, json) = await Kit.Agent.Command("lessons", "--json");
        Assert.Equal(lesson.GetProperty("id").GetString(), Assert.Single(JsonDocument.Parse(json).RootElement.EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_kit_without_lessons_says_so()
    {
        var (code, output) = await Kit.Agent.Command("lessons");
        Assert.Equal(1, code);
        Assert.Contains("No lesson is kept in", output, StringComparison.Ordinal);
    }

    private string LastGood
    {
        get
        {
            var data = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Kit.Agent.Settings)!, "data"));
            return Path.Combine(data.FullName, "last-good-lesson.json");
        }
    }

    private static string Missing(Dictionary<string, double> figures) => string.Join(' ', Wanted.Where(name => !figures.ContainsKey(name)));

    private Dictionary<string, double> LastFigures()
    {
        var last = Kit.Heard.LastOrDefault(line => line.Contains("/metrics ", StringComparison.Ordinal));
        const string ours = "classcontact.call.";
        return last is null ? [] : JsonDocument.Parse(last[last.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("figures").EnumerateArray()
            .Select(f => (Name: f.GetProperty("name").GetString()!, Value: f.GetProperty("value").GetDouble()))
            .Where(f => f.Name.StartsWith(ours, StringComparison.Ordinal)).ToDictionary(f => f.Name[ours.Length..], f => f.Value);
    }
}
