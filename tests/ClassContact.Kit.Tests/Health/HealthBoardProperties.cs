using System.Globalization;
using ClassContact.Kit.Health;
using ClassContact.Messages;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using Check = ClassContact.Kit.Health.Check;

namespace ClassContact.Kit.Tests.Health;

/// <summary>Any eight checks with any dependencies, and any looks at them at any time.</summary>
public sealed class HealthBoardProperties
{
    private const int Count = 8;

    private static readonly Gen<Check> AnyCheck =
        from severity in Gen.Elements(Enum.GetValues<Severity>())
        from grace in Gen.Elements(0, 0, 5, 60)
        from settles in Gen.Elements(false, false, true)
        from causes in Gen.ListOf(Gen.Choose(0, Count - 1), 2) // also later ones, itself, and circles
        from depends in Gen.Elements(false, true)
        select Checks.Of("", severity, dependsOn: depends ? [.. causes.Select(Code)] : []) with { Grace = TimeSpan.FromSeconds(grace), Settles = settles };

    private static readonly Gen<(int Check, Verdict Verdict)> AnyLook =
        from check in Gen.Choose(0, Count - 1)
        from verdict in Gen.Frequency((3, Gen.Constant(Verdict.Fail)), (3, Gen.Constant(Verdict.Pass)), (1, Gen.Elements(Enum.GetValues<Verdict>())))
        select (check, verdict);

    private static readonly Gen<List<(int Seconds, List<(int Check, Verdict Verdict)> Looks)>> AnyRounds =
        Gen.ListOf(from seconds in Gen.Elements(0, 1, 4, 20, 90) from looks in Gen.ListOf(AnyLook) select (seconds, looks.DistinctBy(l => l.Check).ToList()))
            .Select(rounds => rounds.ToList());

    private static readonly Gen<(List<Check> Checks, List<(int Seconds, List<(int Check, Verdict Verdict)> Looks)> Rounds)> AnyStory =
        from checks in Gen.ListOf(AnyCheck, Count)
        from rounds in AnyRounds
        select (checks.Select((check, index) => check with { Code = Code(index) }).ToList(), rounds);

    [Fact]
    public void What_is_hidden_has_a_root_with_a_fault_of_its_own_that_nothing_explains() => Holds(story => Boards(story).All(board =>
        board.Status.Checks.Where(c => c.BecauseOf is not null).All(c =>
            board.Status.Checks.Single(root => root.Code == c.BecauseOf) is { BecauseOf: null, Verdict: Verdict.Fail })));

    [Fact]
    public void A_fault_is_told_or_explained_or_held_back() => Holds(story => Boards(story).All(board =>
        board.IsWarmingUp || board.Status.Checks.Where(c => c.Verdict is Verdict.Fail or Verdict.Warn).All(c =>
            board.Told.Any(f => f.Check.Code == c.Code) || c.BecauseOf is not null || board.StandingOf(c.Code).IsHeldBack(board.Now))));

    [Fact]
    public void A_fault_that_is_held_back_is_told_later_or_looked_at_again() => Holds(story => Boards(story).All(board =>
        board.IsWarmingUp || board.Status.Checks.Where(c => c.Verdict is Verdict.Fail && c.BecauseOf is null && board.StandingOf(c.Code).IsHeldBack(board.Now)).All(c =>
            board.Orphans.Any(o => o.Code == c.Code) || board.ChangesAt <= board.StandingOf(c.Code).GraceEnds)));

    [Fact]
    public void The_worst_is_never_hidden_and_no_pass() => Holds(story => Boards(story).All(board =>
        board.Status.Worst is not { } worst || board.Status.Checks.Single(c => c.Code == worst) is { BecauseOf: null, Verdict: not (Verdict.Pass or Verdict.Skipped) }));

    [Fact]
    public void A_kit_that_is_not_ready_says_what_it_is_and_one_that_is_has_nothing_to_say() => Holds(story => Boards(story).All(board => board.Status.State switch
    {
        KitHealth.NotReady => board.Told.Any(f => f.Severity is Severity.StopsCalls) || MayGetWorse(board),
        KitHealth.Degraded => board.Status.Worst is not null || MayGetWorse(board),
        _ => board.Told.All(f => f.Severity is Severity.Informs),
    }));

    // What was told has gone, and what is in its grace or waits for a look may be as bad.
    private static bool MayGetWorse(HealthBoard board) => board.Orphans.Any() ||
        board.Status.Checks.Any(c => c.BecauseOf is null && board.StandingOf(c.Code) is { IsTrouble: true } standing && standing.IsHeldBack(board.Now));

    [Fact]
    public void The_worst_stand_first() => Holds(story => Boards(story).All(board =>
        board.Told.Select(f => f.Severity).SequenceEqual(board.Told.Select(f => f.Severity).Order())));

    [Fact]
    public void No_order_of_findings_changes_the_result() => Holds(story =>
    {
        var reversed = story with { Rounds = [.. story.Rounds.Select(r => (r.Seconds, Enumerable.Reverse(r.Looks).ToList()))] };
        return Boards(story).Zip(Boards(reversed)).All(pair => pair.First.TellsTheSameAs(pair.Second));
    });

    [Fact]
    public void Mere_time_changes_nothing_before_the_board_says_so() => Holds(story => Boards(story).All(board =>
        board.Next(new Dictionary<string, Finding>(), board.ChangesAt is { } at ? At(at.TotalSeconds - 0.001) : At(board.Now.TotalSeconds + 1e6)).TellsTheSameAs(board)));

    private static void Holds(Func<(List<Check> Checks, List<(int Seconds, List<(int Check, Verdict Verdict)> Looks)> Rounds), bool> property) =>
        Prop.ForAll(Arb.From(AnyStory), property).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500));

    private static IEnumerable<HealthBoard> Boards((List<Check> Checks, List<(int Seconds, List<(int Check, Verdict Verdict)> Looks)> Rounds) story)
    {
        var board = HealthBoard.Of(story.Checks, At(0));
        var now = 0;
        foreach (var (seconds, looks) in story.Rounds)
        {
            now += seconds;
            board = board.Next(looks.ToDictionary(l => Code(l.Check), l => new Finding(l.Verdict, l.Verdict is Verdict.Pass ? null : Checks.Gone)), At(now));
            yield return board;
        }
    }

    private static Moment At(double seconds) => Checks.At(seconds);

    private static string Code(int index) => string.Create(CultureInfo.InvariantCulture, $"check-{index}");
}
