using System.Text;
using Xunit;
using static ClassContact.Messages.Tests.Samples;

namespace ClassContact.Messages.Tests;

public sealed class WireTests
{
    [Fact]
    public void A_document_without_what_may_be_missing_is_read_back()
    {
        Assert.Null(Wire.Read<About>(Wire.Write(Stamp(), new About("0.1.0", "Debian", null, "s", "r", "m", [])))!.Body.Browser);
        var call = Wire.Read<CallStatus>(Wire.Write(Stamp(), new CallStatus(CallPhase.Open, Monday, null, [], null)))!.Body;
        Assert.Equal((CallPhase.Open, Monday, null, null), (call.State, call.Since, call.Cause, call.Receipt));
        Assert.Equal(new KitEvent(7, "call-open", Monday), Wire.Read<KitEvent>(Wire.Write(Stamp(), new KitEvent(7, "call-open", Monday)))!.Body);
    }

    [Fact]
    public void A_full_document_is_read_back()
    {
        var written = new KitEvent(long.MaxValue, "call-failed", Monday, "no-meeting", Full);
        Assert.Equal(new Document<KitEvent>(Stamp(), written), Wire.Read<KitEvent>(Wire.Write(Stamp(), written)));
    }

    [Fact]
    public void A_lesson_is_read_back_and_one_with_a_hole_is_not_ours()
    {
        var read = Wire.Read<KitEvent>(Wire.Write(Stamp(), new KitEvent(1, "lesson", Monday, Lesson: FullLesson)))!.Body.Lesson!;
        Assert.Equal(FullLesson with { Changed = null }, read with { Changed = null });
        Assert.Equal(FullLesson.Changed, read.Changed!);
        var hole = Encoding.UTF8.GetString(Wire.Write(Stamp(), new KitEvent(1, "lesson", Monday, Lesson: FullLesson)));
        Assert.Null(Wire.Read<KitEvent>(Encoding.UTF8.GetBytes(hole.Replace("\"worst\":12", "\"worst\":1e999", StringComparison.Ordinal))));
        Assert.Null(Wire.Read<KitEvent>(Encoding.UTF8.GetBytes(hole.Replace("\"changed\":[", "\"changed\":[null,", StringComparison.Ordinal))));
    }

    [Fact]
    public void What_may_be_missing_is_left_out_and_nothing_is_null() =>
        Assert.All(All(), sample => Assert.DoesNotContain("null", Encoding.UTF8.GetString(sample.Document), StringComparison.Ordinal));

    [Fact]
    public void Unknown_fields_are_ignored() =>
        Assert.NotNull(Read("""{"v":1,"at":"2026-11-23T08:30:00Z","uptime":1,"clock":"synced","boot":"b","session":"s","state":"online","new":{"a":[1]}}"""));

    [Theory]
    [InlineData("")]
    [InlineData("online")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"v":2,"at":"2026-11-23T08:30:00Z","uptime":1,"clock":"synced","boot":"b","session":"s","state":"online"}""")]
    [InlineData("""{"v":1,"at":"2026-11-23T08:30:00Z","uptime":1,"clock":"synced","boot":"b","session":"s"}""")]
    [InlineData("""{"v":1,"at":"2026-11-23T08:30:00Z","uptime":1,"clock":"synced","boot":null,"session":"s","state":"online"}""")]
    [InlineData("""{"v":1,"at":"2026-11-23T08:30:00Z","uptime":1,"clock":"synced","boot":"b","session":"s","state":"here"}""")]
    [InlineData("""{"v":1,"at":"2026-11-23T08:30:00Z","uptime":1,"clock":"synced","boot":"b","session":"s","state":0}""")]
    [InlineData("""{"v":1,"at":"tomorrow","uptime":1,"clock":"synced","boot":"b","session":"s","state":"online"}""")]
    [InlineData("""{"v":1,"at":"2026-11-23T08:30:00Z","uptime":1e999,"clock":"synced","boot":"b","session":"s","state":"online"}""")]
    [InlineData("""{"v":1,"at":"2026-11-23T08:30:00Z","uptime":-1,"clock":"synced","boot":"b","session":"s","state":"online"}""")]
    [InlineData("""{"v":1,"at":"2026-11-23T08:30:00Z","uptime":1,"clock":"synced","boot":"\ud800","session":"s","state":"online"}""")]
    [InlineData("""{"v":1,"at":"2026-11-23T08:30:00Z","uptime":1,"clock":"synced","boot":"b","session":"s","state":"online"} x""")]
    public void What_is_not_ours_is_null(string text) => Assert.Null(Read(text));

    [Fact]
    public void A_list_with_a_hole_is_not_ours() => Assert.Null(Wire.Read<CallStatus>(
        """{"v":1,"at":"2026-11-23T08:30:00Z","uptime":1,"clock":"synced","boot":"b","session":"s","state":"open","since":"2026-11-23T08:30:00Z","missing":[null]}"""u8));

    [Fact]
    public void A_diagnosis_is_read_back_and_one_with_a_hole_is_not_ours()
    {
        var written = Encoding.UTF8.GetString(Wire.Write(Stamp(), new Selftest(Monday, 4.5, true, [new("disk", Severity.Informs, Verdict.Pass, Monday)])));
        Assert.Equal((4.5, "disk"), (Wire.Read<Selftest>(Encoding.UTF8.GetBytes(written))!.Body.Seconds, Wire.Read<Selftest>(Encoding.UTF8.GetBytes(written))!.Body.Checks[0].Code));
        Assert.Null(Wire.Read<Selftest>(Encoding.UTF8.GetBytes(written.Replace("\"checks\":[", "\"checks\":[null,", StringComparison.Ordinal))));
        Assert.Null(Wire.Read<Selftest>(Encoding.UTF8.GetBytes(written.Replace("\"seconds\":4.5", "\"seconds\":1e999", StringComparison.Ordinal))));
    }

    [Fact]
    public void Bytes_that_are_no_text_and_documents_that_are_too_long_or_too_deep_are_null()
    {
        Assert.Null(Wire.Read<Presence>([0xff, 0xfe, 0x00]));
        Assert.Null(Read("""{"v":1,"at":"2026-11-23T08:30:00Z","uptime":1,"clock":"synced","boot":"b","session":"s","state":"online","x":""" + new string('[', 1000)));
        var padding = new string(' ', Wire.LongestDocument);
        Assert.Null(Read(padding + """{"v":1,"at":"2026-11-23T08:30:00Z","uptime":1,"clock":"synced","boot":"b","session":"s","state":"online"}"""));
    }

    private static Document<Presence>? Read(string text) => Wire.Read<Presence>(Encoding.UTF8.GetBytes(text));
}
