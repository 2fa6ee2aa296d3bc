using ClassContact.Kit.Call;
using FsCheck;
using FsCheck.Fluent;

namespace ClassContact.Kit.Tests.Call;

/// <summary>A stream of moves; it prints as the story that it tells.</summary>
internal sealed record Script(IReadOnlyList<Move> Moves)
{
    private static readonly MeetingAttempt Any = new("", 0);

    private static readonly Gen<AttemptEvent> Facts = Gen.Frequency(
        (6, Gen.Elements(Enum.GetValues<Milestone>()).Select(m => (AttemptEvent)new MilestoneReached(Any, m, default))),
        (4, from live in Gen.Elements(Enum.GetValues<Tracks>())
            from media in Gen.Elements(true, false)
            from link in Gen.Frequency((4, Gen.Constant(PageLink.Fine)), (1, Gen.Elements(PageLink.PeerBroken, PageLink.MeetingBroken, PageLink.MeetingGone)))
            from ended in Gen.Elements(Enum.GetValues<Tracks>())
            from absent in Gen.Elements(Enum.GetValues<Tracks>())
            from muted in Gen.Elements<bool?>(null, true, false)
            select (AttemptEvent)new PageSeen(Any, live, media, 0, link, ended & ~live, absent & ~live, muted)),
        (2, Gen.Elements(Enum.GetValues<Cause>()).Select(c => (AttemptEvent)new PageFailed(Any, c))));

    private static readonly Gen<Move> OneMove = Gen.Frequency(
        (8, Gen.Elements(1, 40, 300, 1000, 2000, 3000, 4000, 5000, 10_000, 15_000, 31_000).Select(ms => (Move)new Passes(ms))),
        (3, Gen.Constant<Move>(new Pressed())),
        (3, Gen.Constant<Move>(new Behaves())),
        (1, Gen.Constant<Move>(new Restarts())),
        (3, Gen.Elements<Move>(new Happens(new EndTapped()), new Happens(new EndHeld()), new Happens(new EndAsked()))),
        (3, Gen.Elements<Move>(new Happens(new NetworkSeen(true)), new Happens(new NetworkSeen(false)), new Happens(new NetworkSeen(true, false)))),
        (1, Gen.Elements<Move>(new Happens(new MutePressed()), new Happens(new EndSuggested(EndReason.DayOver)), new Happens(new EndSuggested(EndReason.RoomEmpty)))),
        (3, Gen.Elements<Move>(new Happens(new BrowserAttached()), new Happens(new BrowserGone()), new Happens(new StandbyShown()))),
        (10, from fact in Facts from stale in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true))) select (Move)new Told(fact, stale)));

    public static Arbitrary<Script> Arbitrary { get; } = Arb.From(Gen.ListOf(OneMove).Select(moves => new Script([.. moves])), script => script.Simpler());

    /// <summary>2,500 streams of up to 60 moves; the seed is fixed, so a failure today is a failure tomorrow.</summary>
    public static void Holds(Action<Script> property) =>
        Prop.ForAll(Arbitrary, property).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(2500).WithEndSize(60).WithReplay(20261121, 1));

    /// <summary>Plays the moves; the judge looks at the call after each, and before it as it was.</summary>
    public CallRun Play(Action<CallState, Move, CallRun>? judge = null)
    {
        var call = CallRun.Standing(TimeSpan.FromSeconds(7));
        foreach (var move in Moves)
        {
            var before = call.State;
            move.Play(call);
            judge?.Invoke(before, move, call);
        }
        return call;
    }

    public override string ToString()
    {
        var call = CallRun.Standing(TimeSpan.FromSeconds(7));
        return string.Concat(Moves.Select(move =>
        {
            move.Play(call);
            var commands = string.Join(", ", call.Commands.Select(c => c.GetType().Name));
            return $"\n  {call.Now.TotalSeconds,8:0.000} s  {move,-34} -> {call.State.GetType().Name}  {commands}".TrimEnd(' ');
        }));
    }

    private IEnumerable<Script> Simpler()
    {
        for (var length = Moves.Count; length > 0; length /= 2)
        {
            for (var from = 0; from + length <= Moves.Count; from += length)
                yield return new([.. Moves.Take(from), .. Moves.Skip(from + length)]);
        }
        for (var i = 0; i < Moves.Count; i++)
        {
            foreach (var simpler in Moves[i].Simpler)
                yield return new([.. Moves.Take(i), simpler, .. Moves.Skip(i + 1)]);
        }
    }
}
