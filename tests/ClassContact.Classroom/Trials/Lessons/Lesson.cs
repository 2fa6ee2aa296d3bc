using System.Text.Json;
using ClassContact.Kit.Call;

namespace ClassContact.Classroom.Trials.Lessons;

/// <summary>Holds one lesson in a school day, from the press to standby, with the faults that were drawn for it.</summary>
internal sealed class Lesson(LessonPlan plan, WholeKit kit, KitDiary told, PupilDiary pupil)
{
    /// <summary>For what comes back by itself, before the next thing is done to it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly List<(LessonFault Fault, Stretch Present)> faults = [];
    private readonly List<Stretch> waysBack = [];
    private TimeSpan pressed;

    /// <summary>Holds it.</summary>
    public async Task<LessonNotes> Hold()
    {
        var last = told.Last?.Launch;
        var atLaunch = plan.Faults.FirstOrDefault(f => f.Fault.AtLaunch);
        var entering = plan.PupilComes is null ? kit.Pupil!.Enter() : Task.CompletedTask; // knocks, and waits for the class
        if (atLaunch is not null)
            await atLaunch.Fault.Begin(kit);
        pressed = Moment.Now;
        await kit.Agent.Ask("start");
        if (atLaunch is not null)
            await Mend(atLaunch, pressed);
        var opened = await told.First(pressed, t => t.IsOpen && t.Launch != last, WaitFor.Generous);
        var first = opened is null ? null : await Comes(entering, opened.Value);
        if (first is not null)
            await HoldClass();
        var over = Moment.Now;
        await End(entering);
        return await Notes(opened, first is { } from ? new Stretch(from, over) : null, over);
    }

    private async Task<TimeSpan?> Comes(Task entering, TimeSpan opened)
    {
        if (plan.PupilComes is { } late)
        {
            await Task.Delay(late);
            entering = kit.Pupil!.Enter();
        }
        await entering;
        return await pupil.Both(opened, WaitFor.Generous);
    }

    private async Task HoldClass()
    {
        await told.First(Moment.Now, t => t.State is "with-pupil", WaitFor.Generous);
        foreach (var planned in plan.Faults.Where(f => !f.Fault.AtLaunch))
        {
            await Task.Delay(planned.After);
            var from = Moment.Now;
            await planned.Fault.Begin(kit);
            await Mend(planned, from);
            // What is not told at once is told by then; what is, is over.
            await Task.Delay(TimeSpan.FromSeconds(2));
            await told.First(Moment.Now, t => t is { State: "with-pupil", Missing: "", Cause: null }, Patience);
        }
        await Task.Delay(plan.Lasts);
    }

    private async Task Mend(PlannedFault planned, TimeSpan from)
    {
        await Task.Delay(planned.Lasts);
        if (planned.Fault.Mend is { } mend)
            await mend(kit);
        var mended = Moment.Now;
        faults.Add((planned.Fault, new(from, mended)));
        if (planned.Fault.Side is Side.FarSide && await pupil.Both(mended, TimeSpan.FromSeconds(15)) is { } back)
            waysBack.Add(new(mended, back));
    }

    private async Task End(Task entering)
    {
        await kit.Agent.Ask("end");
        await kit.Pupil!.Leave();
        if (await told.First(Moment.Now, t => t.State is "standby" or "faulted", Patience) is null)
            throw new TimeoutException($"the lesson does not end; last told: {told.Last}");
        await entering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<LessonNotes> Notes(TimeSpan? opened, Stretch? time, TimeSpan over)
    {
        var notes = faults.Select((f, i) => new FaultNote(f.Fault, f.Present, i + 1 < faults.Count ? faults[i + 1].Present.From : over)).ToList();
        var said = told.In(new(pressed, over)).Where(t => t.At >= pressed).ToList();
        var whole = time ?? new(over, over);
        return new(plan, pressed, opened, time, notes, said, pupil.WithoutPicture(whole), pupil.WithoutSound(whole), waysBack, await Record());
    }

    private async Task<IReadOnlyDictionary<Side, double>?> Record()
    {
        var id = told.Last?.Launch;
        for (var until = Moment.Now + TimeSpan.FromSeconds(10); Moment.Now < until; await Task.Delay(100))
        {
            if (kit.Heard.LastOrDefault(line => line.Contains($"\"lesson\":{{\"id\":\"{id}\"", StringComparison.Ordinal)) is not { } line)
                continue;
            var lost = JsonDocument.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("lesson").GetProperty("lost");
            return Enum.GetValues<Side>().ToDictionary(side => side, side => lost.GetProperty(JsonNamingPolicy.CamelCase.ConvertName($"{side}")).GetDouble());
        }
        return null;
    }
}
