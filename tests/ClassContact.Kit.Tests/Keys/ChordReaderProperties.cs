using ClassContact.Kit.Keys;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ClassContact.Kit.Tests.Keys;

public class ChordReaderProperties
{
    private static readonly KeySettings Keys = new("LeftCtrl+F9", "LeftCtrl+F10", Mute: "F8", Help: "LeftCtrl+F1");

    // A third of the keys are the chords', so that chords come about; the rest are any.
    private static readonly Gen<InputEvent> Events =
        from often in Gen.Elements<ushort>(Recording.Ctrl, Recording.F9, Recording.F10, Recording.F8, Recording.F1)
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
        Assert.All(Enum.GetValues<KeyAction>(), action => Assert.Contains(runs, run => run.Given.Contains(action)));
    }

    // The judge keeps its own simple book: which keys are down, and which chords were complete since their last stroke.
    private static (bool Explained, HashSet<KeyAction> Given) Run(IEnumerable<InputEvent> steps)
    {
        var chords = Keys.Chords();
        var reader = new ChordReader(chords);
        HashSet<ushort> down = [];
        HashSet<KeyAction> due = [], given = [];
        var now = TimeSpan.FromSeconds(10);
        foreach (var step in steps)
        {
            now += step.At;
            var strokes = reader.Tick(now).Concat(reader.Read(step with { At = now })).ToList();
            if (reader.NeedsKeyState)
                reader.Resync(down, now);
            foreach (var stroke in strokes)
            {
                if (!due.Remove(stroke.Action))
                    return (false, given);
                given.Add(stroke.Action);
            }
            if (step.Type == InputEvent.Key && step.Value == 0)
                down.Remove(step.Code);
            else if (step.Type == InputEvent.Key && step.Value == 1 && down.Add(step.Code))
                due.UnionWith(chords.Where(key => Completes(key.Chord, step.Code, down)).Select(key => key.Action));
        }
        return (true, given);
    }

    private static bool Completes(Chord chord, ushort code, HashSet<ushort> down) => chord.Codes.Contains(code) && chord.Codes.All(down.Contains);
}
