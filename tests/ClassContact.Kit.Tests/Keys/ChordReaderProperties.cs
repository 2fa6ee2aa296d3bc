using ClassContact.Kit.Keys;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ClassContact.Kit.Tests.Keys;

public class ChordReaderProperties
{
    private static readonly Chord Start = Chord.Parse("LeftCtrl+F9");
    private static readonly Chord End = Chord.Parse("LeftCtrl+F10");

    // A third of the keys are the chords', so that chords come about; the rest are any.
    private static readonly Gen<InputEvent> Events =
        from often in Gen.Elements<ushort>(Recording.Ctrl, Recording.F9, Recording.F10)
        from any in Gen.Choose(0, KeyNames.Highest)
        from mine in Gen.Choose(0, 2)
        from type in Gen.Frequency((40, Gen.Constant(InputEvent.Key)), (5, Gen.Constant(InputEvent.Sync)), (1, Gen.Elements<ushort>(2, 3, 4, 17)))
        from value in Gen.Choose(0, 2)
        from ms in Gen.Elements(0, 1, 10, 40, 60, 200, 400, 1100)
        select new InputEvent(type, type == InputEvent.Sync ? (ushort)(any % 4) : mine == 0 ? often : (ushort)any, value, TimeSpan.FromMilliseconds(ms));

    [Fact]
    public void No_stroke_comes_without_its_chord_having_been_completely_down() =>
        Prop.ForAll(Arb.From(Gen.ListOf(Events)), steps => Run(steps).Explained)
            .Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(5000).WithEndSize(200));

    [Fact]
    public void The_streams_of_that_property_do_bring_strokes()
    {
        var runs = Gen.Sample(Gen.ListOf(Events), 200, 500).Select(Run).ToList();
        Assert.Contains(runs, run => run.Starts > 0);
        Assert.Contains(runs, run => run.Ends > 0);
    }

    // The judge keeps its own simple book: which keys are down, and whether a chord was complete since its last stroke.
    private static (bool Explained, int Starts, int Ends) Run(IEnumerable<InputEvent> steps)
    {
        var reader = new ChordReader(Start, End);
        HashSet<ushort> down = [];
        var (now, starts, ends, startDue, endDue) = (TimeSpan.FromSeconds(10), 0, 0, false, false);
        foreach (var step in steps)
        {
            now += step.At;
            var strokes = reader.Tick(now).Concat(reader.Read(step with { At = now })).ToList();
            if (reader.NeedsKeyState)
                reader.Resync(down, now);
            foreach (var stroke in strokes)
            {
                if (!(stroke.Action == KeyAction.Start ? startDue : endDue))
                    return (false, starts, ends);
                _ = stroke.Action == KeyAction.Start ? (startDue = false, ++starts) : (endDue = false, ++ends);
            }
            if (step.Type == InputEvent.Key && step.Value == 0)
                down.Remove(step.Code);
            else if (step.Type == InputEvent.Key && step.Value == 1 && down.Add(step.Code))
                (startDue, endDue) = (startDue || Completes(Start, step.Code, down), endDue || Completes(End, step.Code, down));
        }
        return (true, starts, ends);
    }

    private static bool Completes(Chord chord, ushort code, HashSet<ushort> down) => chord.Codes.Contains(code) && chord.Codes.All(down.Contains);
}
