using ClassContact.Classroom.VecteraStandIn;

namespace ClassContact.Classroom.Trials.Lessons;

/// <summary>Lessons one after the other on one kit and in one room, drawn from a seed: the same day can be held again, and each lesson alone.</summary>
public static class SchoolDay
{
    /// <summary>Holds the lessons; one that cannot be held to its end counts as failed, and the next gets a fresh kit.</summary>
    /// <param name="plans">What was drawn.</param>
    /// <param name="folder">For logs.</param>
    /// <param name="tell">Is told of each; a null judgement with the reason where it could not be held.</param>
    public static async Task Hold(IEnumerable<LessonPlan> plans, string folder, Action<LessonPlan, LessonJudgement?, string?> tell)
    {
        Room? room = null;
        try
        {
            foreach (var plan in plans)
            {
                try
                {
                    room ??= await Room.Open(Directory.CreateDirectory(Path.Combine(folder, $"from-{plan.Number}")).FullName);
                    tell(plan, LessonJudge.Judge(await room.Hold(plan)), null);
                }
                catch (Exception e) when (e is TimeoutException or IOException or InvalidOperationException or OperationCanceledException)
                {
                    tell(plan, null, e.Message.ReplaceLineEndings(" "));
                    if (room is not null)
                        await room.DisposeAsync();
                    room = null;
                }
            }
        }
        finally
        {
            if (room is not null)
                await room.DisposeAsync();
        }
    }

    private sealed class Room(WholeKit kit) : IAsyncDisposable
    {
        private readonly KitDiary told = KitDiary.Of(kit);
        private readonly PupilDiary pupil = PupilDiary.Of(kit);

        public static async Task<Room> Open(string folder)
        {
            var kit = await WholeKit.Start(folder, network: true, open: async () => await StandIn.Open());
            await kit.Reaches("standby");
            await kit.PupilArrives();
            return new(kit);
        }

        public Task<LessonNotes> Hold(LessonPlan plan) => new Lesson(plan, kit, told, pupil).Hold();

        public async ValueTask DisposeAsync()
        {
            kit.Pupil?.Wake(); // one that stands still cannot go
            kit.Broker.Continue();
            await told.DisposeAsync();
            await pupil.DisposeAsync();
            await kit.DisposeAsync();
        }
    }
}
