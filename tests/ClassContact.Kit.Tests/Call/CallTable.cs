using ClassContact.Kit.Call;
using ClassContact.Messages;
using Xunit;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Tests.Call;

/// <summary>Every state against every event, as one table that can be read aloud.</summary>
public class CallTable
{
    // "=" is the very same state; behind the colon the commands in their order: Keep consent, Drop consent, Open meeting, Watch meeting, show Standby, Mute or unmute, Ask the network.
    private const string Table = """
        state         start          tap              hold       ask              attached  gone                shown       loaded        seen       media         failed              broken           reached       cut            mute             due  slept
        standby       joining:KO     =                =:S        =:S              =:S       =                   =           =             =          =             =                   =                =             =              =                =  =
        joining       =              joining+hint     ending:DS  joining+undo:K   =         retrying            =           joining       =          =             retrying            =                joining       joining        joining:KM       joining+undo  =
        joined        =              joined+hint      ending:DS  joined+undo:K    =         retrying            =           =             =          =             retrying            =                joined        joined         joined:KM        joined+undo  =
        retrying      =              retrying+hint    ending:DS  retrying+undo:K  =         =                   =           =             =          =             =                   =                retrying      retrying       retrying:KM      retrying+undo  =
        recovering    =              recovering+hint  ending:DS  recovering+undo:K  =         retrying:A          =           recovering    =          =             retrying:A          =                recovering    recovering     recovering:KM    recovering+undo  =
        resuming      =              resuming+hint    ending:DS  resuming+undo:K  =         recovering:KO       =           resuming      open       pupil:K       recovering:KO       doubtful:A       resuming      resuming       resuming:KM      resuming+undo  =
        open          =              open+hint        ending:DS  open+undo:K      =         recovering:KO       =           =             open       pupil:K       recovering:KO       doubtful:A       =             doubtful       open:KM          open+undo  away:A
        pupil         =              pupil+hint       ending:DS  pupil+undo:K     =         recovering:KO       =           =             pupil      =             recovering:KO       pupil:A          =             =              pupil:KM         pupil+undo  away:A
        told          recovering:KO        told+hint        ending:DS  told+undo:K      =         =                   =           =             =          =             =                   =                told:KO       =              told:KM          told+undo  =
        doubtful      =              doubtful+hint    ending:DS  doubtful+undo:K  =         recovering:KO       =           =             open       pupil:K       recovering:KO       =                dropped       away           doubtful:KM      doubtful+undo  away:A
        dropped       =              dropped+hint     ending:DS  dropped+undo:K   =         recovering:KO       =           =             open       pupil:K       recovering:KO       recovering:KO    =             doubtful       dropped:KM       dropped+undo  away:A
        away          =:A            away+hint        ending:DS  away+undo:K      =         recovering:KO       =           =             =          pupil         recovering:KO       =                back          =              away:KM          away+undo  =
        back          recovering:KO  back+hint        ending:DS  back+undo:K      =         recovering:KO       =           =             open       pupil         recovering:KO       recovering:KO    =             away           back:KM          back+undo  =
        joining+undo  joining        =                ending:DS  =                =         retrying+undo       =           joining+undo  =          =             retrying+undo       =                joining+undo  joining+undo   joining+undo:KM  =  =
        open+undo     open           =                ending:DS  =                =         recovering+undo:KO  =           =             open+undo  pupil+undo:K  recovering+undo:KO  doubtful+undo:A  =             doubtful+undo  open+undo:KM     =  away+undo:A
        open+hint     =              =                ending:DS  open+undo:K      =         recovering+hint:KO  =           =             open+hint  pupil+hint:K  recovering+hint:KO  doubtful+hint:A  =             doubtful+hint  open+hint:KM     open+undo  away+hint:A
        ending        ending+again   =                =          =                =         standby             standby     =             =          =             =                   =                =             =              =                =  =
        ending+again  =              =                ending     ending           =         joining:KO          joining:KO  =             =          =             =                   =                =             =              =                =  =
        faulted       joining:KO     =                standby:S  standby:S        =:S       =                   =           =             =          =             =                   =                =             =              =                =  =
        stuck         joining:KO     =                standby:S  standby:S        =:S       =                   standby     =             =          =             =                   =                =             =              =                =  =
        """;

    private static readonly TimeSpan Now = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Later = Now + TimeSpan.FromSeconds(2);
    private static readonly Launch One = new(Now - TimeSpan.FromSeconds(5), new LaunchReceipt("one", DateTimeOffset.UnixEpoch, "key", 1, 10));
    private static readonly Launch Done = One with { Receipt = One.Receipt with { PageLoaded = 20, CameraOpen = 30, MicrophoneOpen = 40, Joined = 50 } };
    private static readonly Joining First = new(One, null, new(1, Later, BrowserReady: true), One.Pressed);

    private static readonly Dictionary<string, CallState> States = new()
    {
        ["standby"] = new Standby(),
        ["joining"] = First,
        ["joined"] = First with { Launch = One with { Receipt = One.Receipt with { PageLoaded = 20 } }, Try = new(1, Later, true, true, Joined: true) },
        ["retrying"]   =            First           with      {               RetryAt  =                  Later,     LastCause    =    Cause.PageNotLoaded },
        ["recovering"] =            First           with      {               Launch   =                  Done,      Recovers     =    Cause.PageHung      },
        ["resuming"] = new Joining(Done, Cause.AgentRestarted, new(0, Later), Now),
        ["open"] = new Open(Done, Tracks.None),
        ["pupil"] = new WithPupil(Done with { Receipt = Done.Receipt with { FirstRemoteMedia = 60 } }, Tracks.None, Now),
        ["told"] = First with { Launch = Done, Recovers = Cause.PageHung, RetryAt = Later, LastCause = Cause.PageHung, IsTold = true, MeetingAnswers = false },
        ["doubtful"] = new Open(Done, Tracks.None, null, new(Doubt: new(Now - CallTimes.MeetingMayHeal, PageLink.MeetingBroken, null, 1), AskAt: Later)),
        ["dropped"] = new Open(Done, Tracks.None, null, new(Doubt: new(Now - CallTimes.MeetingMayHeal, PageLink.MeetingBroken, true), AskAt: Later)),
        ["away"] = new Interrupted(Done, Cause.NetworkLost, Now, Later),
        ["back"] = new Interrupted(Done, Cause.NetworkLost, Now - CallTimes.PageMayRecover, Later, Now - CallTimes.PageMayRecover, ByTcp: true),
        ["joining+undo"] = First with { Notice = new(EndsCall: true, Later) },
        ["open+undo"] = new Open(Done, Tracks.None, new(EndsCall: true, Later)),
        ["open+hint"] = new Open(Done, Tracks.None, new(EndsCall: false, Later)),
        ["ending"] = new Ending(Later),
        ["ending+again"] = CallMachine.Next(new Ending(Later), new StartPressed("two", DateTimeOffset.UnixEpoch, "key"), Now).State,
        ["faulted"] = new Faulted(One, Cause.PageNotLoaded),
        ["stuck"] = new Faulted(null, Cause.BrowserNotAnswering),
    };

    private static readonly MeetingAttempt Current = new("one", 1);

    private static readonly Dictionary<string, CallEvent> Events = new()
    {
        ["start"] = new StartPressed("three", DateTimeOffset.UnixEpoch, "press"),
        ["tap"] = new EndTapped(),
        ["hold"] = new EndHeld(),
        ["ask"] = new EndAsked(),
        ["attached"] = new BrowserAttached(),
        ["gone"] = new BrowserGone(),
        ["shown"] = new StandbyShown(),
        ["loaded"] = new MilestoneReached(Current, Milestone.PageLoaded, Now),
        ["seen"] = new PageSeen(Current, Tracks.Both, RemoteMedia: false),
        ["media"] = new PageSeen(Current, Tracks.Both, RemoteMedia: true),
        ["failed"] = new PageFailed(Current, Cause.PageCrashed),
        ["broken"] = new PageSeen(Current, Tracks.Both, RemoteMedia: false, Link: PageLink.MeetingBroken),
        ["reached"] = new NetworkSeen(true),
        ["cut"] = new NetworkSeen(false),
        ["mute"] = new MutePressed(),
        ["slept"] = new Slept(TimeSpan.FromMinutes(1)),
        ["due"] = new EndSuggested(EndReason.DayOver),
    };

    public static TheoryData<string, string, string> Cells()
    {
        var lines = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var cells = new TheoryData<string, string, string>();
        foreach (var line in lines.Skip(1))
        {
            foreach (var (follows, column) in line.Skip(1).Zip(lines[0].Skip(1)))
                cells.Add(line[0], column, follows);
        }
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void In_each_state_each_event_has_its_answer(string state, string happens, string follows)
    {
        var step = CallMachine.Next(States[state], Events[happens], Now);
        var name = step.State == States[state] ? "=" : Name(step.State);
        Assert.Equal(follows, name + (step.Do.IsEmpty ? "" : ":" + string.Concat(step.Do.Select(Letter))));
    }

    [Fact]
    public void The_table_names_every_state_of_the_machine_and_every_event_but_the_tick()
    {
        Assert.All(States, state => Assert.Equal(state.Key, Name(state.Value)));
        Assert.Equal(States.Count * Events.Count, Cells().Count);
        Assert.Equal(Concrete<CallState>(), States.Values.Select(s => s.GetType()).ToHashSet());
        Assert.Equal(Concrete<CallEvent>(), Events.Values.Select(e => e.GetType()).Append(typeof(Tick)).ToHashSet());
    }

    [Fact]
    public void A_tick_before_any_deadline_changes_nothing() =>
        Assert.All(States.Values, state =>
        {
            var step = CallMachine.Next(state, new Tick(), Now);
            Assert.Equal((state, true), (step.State, step.Do.IsEmpty));
        });

    [Fact]
    public void A_fact_about_another_attempt_changes_nothing_in_any_state()
    {
        foreach (var attempt in new MeetingAttempt[] { new("one", 2), new("one", 0), new("another", 1) })
        {
            foreach (var about in Events.Values.OfType<AttemptEvent>())
                Assert.All(States.Values, state => Assert.Equal(state, CallMachine.Next(state, about with { Attempt = attempt }, Now).State));
        }
    }

    private static HashSet<Type> Concrete<T>() => [.. typeof(CallMachine).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(T)) && !t.IsAbstract)];

    private static char Letter(CallCommand command) => command switch
    {
        KeepConsent => 'K', DropConsent => 'D', OpenMeeting => 'O', WatchMeeting => 'W', ShowStandby => 'S', SetMute => 'M', AskNetwork => 'A',
        _ => throw new ArgumentException($"a command without a letter: {command}"),
    };

    private static string Name(CallState state) => state switch
    {
        Standby => "standby",
        Joining { Try.Number: 0 } => "resuming",
        Joining { IsTold: true } => "told",
        Joining { RetryAt: not null } => "retrying",
        Joining { Recovers: not null } => "recovering",
        Joining { Try.Joined: true } => "joined",
        Joining => "joining",
        Open { Page.Doubt.MeetingAnswers: true } => "dropped",
        Open { Page.Doubt: not null } => "doubtful",
        Open => "open",
        Interrupted { AnswersSince: null } => "away",
        Interrupted => "back",
        WithPupil => "pupil",
        Ending ending => ending.StartAgain is null ? "ending" : "ending+again",
        Faulted faulted => faulted.Launch is null ? "stuck" : "faulted",
        _ => throw new ArgumentException($"a state without a name: {state}"),
    } + (state is Consented { Notice: { } notice } ? notice.EndsCall ? "+undo" : "+hint" : "");
}
