using System.Text.Json;
using ClassContact.Kit.Call;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Health;
using ClassContact.Kit.Help;
using ClassContact.Kit.Requests;
using ClassContact.Kit.Screen;
using ClassContact.Messages;

namespace ClassContact.Kit.Tests.Screen;

/// <summary>Every state in which the room can be, built from the enums, so that a new member of one is a new situation.</summary>
internal static class Situations
{
    public static readonly TimeSpan Now = TimeSpan.FromSeconds(100);
    public static readonly DateTimeOffset Monday = new(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(1));
    public static readonly KitFacts TheKit = new("École du Parc", "Local 12", "F9", "F10", HasKeyboard: true, HelpdeskHours.EveryWeek) { MuteKey = "F8" };
    public static readonly EndNotice Undo = new(EndsCall: true, Now + TimeSpan.FromSeconds(2.4));
    public static readonly EndNotice Hold = new(EndsCall: false, Now + TimeSpan.FromSeconds(4));

    public static Launch Launch(int? camera = null, int? microphone = null, int? joined = null) =>
        new(TimeSpan.Zero, new LaunchReceipt("one", Monday, "key", 1, 10, 20, camera, microphone, joined));

    public static CallState.Joining Joining(Milestone waiting, Launch? launch = null, Cause? recovers = null) =>
        new(launch ?? Launch(), recovers, Attempt(waiting, (launch ?? Launch()).Receipt), TimeSpan.Zero);

    private static CallState.Attempt Attempt(Milestone waiting, LaunchReceipt receipt) => new(
        1, Now, waiting > Milestone.BrowserReady, waiting > Milestone.PageLoaded,
        (receipt.CameraOpen is null ? 0 : Tracks.Camera) | (receipt.MicrophoneOpen is null ? 0 : Tracks.Microphone));

    public static CallState.Joining Retrying(Cause cause) =>
        Joining(Milestone.PageLoaded) with { RetryAt = Now + CallTimes.Retry, LastCause = cause };

    public static IEnumerable<CallState> All() =>
    [
        new CallState.Standby(),
        .. Enum.GetValues<Milestone>().Select(milestone => Joining(milestone)),
        Joining(Milestone.Joined, Launch(camera: 30)),
        Joining(Milestone.Joined, Launch(30, 40)),
        .. Enum.GetValues<Cause>().Select(Retrying),
        .. Enum.GetValues<Cause>().Select(cause => Joining(Milestone.PageLoaded, recovers: cause)),
        .. Enum.GetValues<Tracks>().Select(missing => new CallState.Open(Launch(30, 40, 50), missing)),
        .. Enum.GetValues<Tracks>().Select(missing => new CallState.WithPupil(Launch(30, 40, 50), missing, Now)),
        new CallState.Open(Launch(30, 40, 50), Tracks.None, Undo),
        new CallState.WithPupil(Launch(30, 40, 50), Tracks.Both, Now, Hold),
        Joining(Milestone.Joined) with { Notice = Undo },
        .. Enum.GetValues<EndReason>().Select(why => new CallState.Open(Launch(30, 40, 50), Tracks.None, Undo with { Why = why })),
        .. Enum.GetValues<Cause>().Select(cause => Joining(Milestone.PageLoaded, Launch(30, 40, 50), cause) with { IsTold = true, RetryAt = Now + CallTimes.SlowRetry, LastCause = cause }),
        .. Enum.GetValues<Tracks>().Select(lost => new CallState.Open(Launch(30, 40, 50), lost, null, new(Lost: lost))),
        new CallState.WithPupil(Launch(30, 40, 50), Tracks.Camera, Now, null, new(Tracks.Camera, Now, IsHeld: true)),
        new CallState.Interrupted(Launch(30, 40, 50), Cause.NetworkLost, Now, Now),
        new CallState.Interrupted(Launch(30, 40, 50), Cause.MeetingLost, Now, Now),
        new CallState.Open(Launch(30, 40, 50), Tracks.None, null, new(Doubt: new(Now, PageLink.PeerBroken, true))),
        new CallState.Open(Launch(30, 40, 50) with { Muted = true }, Tracks.None, null, new(Muted: true)),
        new CallState.Open(Launch(30, 40, 50) with { Muted = true }, Tracks.None, null, new(Muted: false)),
        new CallState.Ending(Now),
        new CallState.Ending(Now, Launch()),
        .. Enum.GetValues<Cause>().Select(cause => new CallState.Faulted(null, cause)),
        .. Enum.GetValues<Cause>().Select(cause => new CallState.Faulted(Launch(), cause)),
        .. Enum.GetValues<Cause>().Select(cause => new CallState.Faulted(Launch(30, 40, 50), cause)),
    ];

    public static readonly KitFacts WithoutKeyboard = TheKit with { HasKeyboard = false, Faults = [Fault(Thing.Keyboard)] };

    /// <summary>A fault of a check that has no words of its own.</summary>
    public static Fault Fault(Thing thing, Severity severity = Severity.StopsCalls, string code = "unheard-of", string reason = "gone") => new(
        new Check(code, severity, thing, [reason], _ => throw new NotSupportedException()), severity, Finding.Fail(reason));

    public static IEnumerable<KitFacts> Kits() =>
    [
        TheKit, WithoutKeyboard, TheKit with { MuteKey = null }, TheKit with { HelpKey = "F1" }, TheKit with { Said = [new(Mood.Ready, "-")] }, TheKit with { ClassWasCut = true },
        .. from thing in Enum.GetValues<Thing>() from severity in Enum.GetValues<Severity>() select TheKit with { Faults = [Fault(thing, severity)] },
    ];

    public static IEnumerable<ScreenView> Screens(Words words) =>
        from kit in Kits() from state in All() select Room.Standby(state, kit, Now, Monday, words);

    public static IEnumerable<OverlayView> Overlays(Words words) =>
        from kit in Kits() from state in All() let view = Room.Overlay(state, kit, Now, words) where view is not null select view;

    /// <summary>Every hour of a year in which each month has days off at its beginning and at its end, but not on its first: each thing that can be said about the helpdesk.</summary>
    public static IEnumerable<ScreenView> Hours(Words words)
    {
        var hours = new HelpdeskHours(day => day.Day is (> 1 and <= 10) or >= 22);
        return Enumerable.Range(0, 366 * 24)
            .Select(hour => Room.Standby(new CallState.Standby(), TheKit with { Hours = hours }, Now, Monday.AddHours(hour), words));
    }

    /// <summary>All that a room could ever read in this language, as the pages get it.</summary>
    public static string Everything(Words words) => string.Join('\n',
    [
        .. Screens(words).Concat(Hours(words)).Select(Json),
        .. Overlays(words).Select(Json),
        .. Helps(words).Select(notice => notice.Text),
        LinkNotice.Of("Local 12", new CallState.Standby(), "F10", words)!.Text,
        .. RequestName.All.Remove(RequestName.ShowMessage).Select(name => RequestNotice.Of(name, words).Text), // a message brings its own words
    ]);

    /// <summary>All that is said about the help key.</summary>
    public static IEnumerable<HelpNotice> Helps(Words words) =>
        from stage in Enum.GetValues<HelpStage>()
        from answer in new[] { null, new HelpAnswer(new("a", "Bonjour"), Now + TimeSpan.FromSeconds(1), false) }
        from clock in new DateTimeOffset?[] { null, Monday, Monday.AddHours(10) }
        let state = new HelpState(new(Now, stage, Now + TimeSpan.FromSeconds(1)), answer)
        let notice = HelpNotice.Of(state, HelpdeskHours.EveryWeek, Now, clock, words)
        where notice is not null
        select notice;

    public static string Json(ScreenView view) => Plain(JsonSerializer.Serialize(view, ScreenJson.Default.ScreenView));

    public static string Json(OverlayView view) => Plain(JsonSerializer.Serialize(view, ScreenJson.Default.OverlayView));

    private static string Plain(string json) => System.Text.RegularExpressions.Regex.Unescape(json);
}
