using System.Collections.Concurrent;
using ClassContact.Kit.Door;
using ClassContact.Kit.Screen;
using ClassContact.Messages.Enrolling;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClassContact.Kit.Tests.Door;

public sealed class DoorWorkerTests : IAsyncDisposable
{
    private static readonly byte[] Secret = new byte[DoorCode.SecretLength];
    private static readonly DateOnly Today = new(2026, 11, 23);
    private readonly string data = Directory.CreateTempSubdirectory("classcontact-door-").FullName;
    private readonly FakeTime time = new();
    private CancellationTokenSource stop = null!;
    private readonly ConcurrentQueue<string> told = [];
    private readonly ConcurrentQueue<bool> shown = [];
    private readonly TaskCompletionSource<DoorWord> done = new();
    private DoorWorker? worker;
    private Task running = Task.CompletedTask;
    private volatile bool isFree = true;
    private volatile int looks;

    public async ValueTask DisposeAsync()
    {
        if (worker is not null)
            await End();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task The_days_code_opens_the_screen_and_something_is_done_there()
    {
        Start();
        Assert.Null(worker!.View());
        Say("knock");
        await Until(() => worker.View()?.Ask?.Field is not null);
        Assert.Equal(["kit-1", "2026-11-23"], worker.View()!.Kit.Select(row => row.Value));
        Say("code", ("code", DoorCode.Of(Secret, Today)));
        await Until(() => worker.View() is { Ask: null, Sections.Count: 1 });
        Say("part.do", ("text", "x"));
        Assert.Equal("x", (await done.Task)["text"]);
        await Until(() => worker.View()!.Sections[0] is { IsBusy: false, Said.Mood: Mood.Ready });
        Say("leave");
        await Until(() => worker.View() is null);
        Assert.Equal(["door-opened code", "door-closed left"], told);
        Assert.Equal([true, false], shown);
    }

    [Fact]
    public async Task Wrong_codes_are_on_the_disk_before_they_are_judged_and_outlast_the_agent()
    {
        Start();
        Say("knock");
        for (var wrong = 1; wrong <= DoorTries.Free; wrong++)
        {
            Say("code", ("code", "00000000"));
            await Until(() => told.Count == wrong);
        }
        Assert.Equal("locked", told.Last().Split(' ')[1]);
        await End();
        Start();
        Say("knock");
        await Until(() => worker!.View()?.Ask is { Field: null });
        Say("code", ("code", DoorCode.Of(Secret, Today)));
        var began = time.Monotonic;
        await Until(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return worker!.View()?.Ask?.Field is not null;
        });
        Assert.True(time.Monotonic - began >= TimeSpan.FromSeconds(59));
        Say("code", ("code", DoorCode.Of(Secret, Today)));
        await Until(() => worker!.View()!.Ask is null);
        Assert.Equal(default, new TriesFile(data, NullLogger.Instance).Read());
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_opens_nothing()
    {
        Directory.CreateDirectory(Path.Combine(data, "door.json.next")); // where the file would be begun
        Start();
        Say("knock");
        Say("code", ("code", DoorCode.Of(Secret, Today)));
        await Until(() => told.Contains("door-refused disk"));
        Assert.NotNull(worker!.View()!.Ask);
        await File.WriteAllTextAsync(Path.Combine(data, "door.json"), "{");
        Assert.Equal(DoorTries.Worst, new TriesFile(data, NullLogger.Instance).Read());
    }

    [Fact]
    public async Task In_a_class_nothing_opens_and_one_that_begins_takes_the_screen()
    {
        Start();
        isFree = false;
        Say("knock");
        await Until(() => looks > 0);
        isFree = true;
        Say("code", ("code", DoorCode.Of(Secret, Today)));
        Say("knock");
        await Until(() => worker!.View() is not null);
        Say("code", ("code", DoorCode.Of(Secret, Today)));
        await Until(() => worker!.View()!.Ask is null);
        isFree = false;
        worker!.CallChanged();
        await Until(() => worker.View() is null);
        Assert.Equal(["door-opened code", "door-closed class"], told);
    }

    private void Start()
    {
        worker = new(
            new()
            {
                Kit = "kit-1", Words = Words.Of("fr"), Data = data, Lock = () => (DoorLock.Code, Secret), IsFree = IsFree, Show = shown.Enqueue, Changed = () => { },
                Tell = (name, cause) => told.Enqueue($"{name} {cause}"),
                Sections =
                [
                    new("part", () => new("part", "Part", "", [], [], []), new Dictionary<string, DoorDeed>
                    {
                        ["part.do"] = (word, _) =>
                        {
                            done.TrySetResult(word);
                            return Task.FromResult(DoorSection.Good("done"));
                        },
                    }),
                ],
            },
            time, NullLogger.Instance);
        stop = new();
        running = worker.Run(stop.Token);
    }

    private bool IsFree()
    {
        Interlocked.Increment(ref looks);
        return isFree;
    }

    private async Task End()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        worker!.Dispose();
        stop.Dispose();
    }

    private void Say(string action, params (string Name, string Value)[] values) => worker!.Hear(
        $$"""{"action":"{{action}}","values":{ {{string.Join(',', values.Select(v => $"\"{v.Name}\":\"{v.Value}\""))}} } }""");

    private static async Task Until(Func<bool> isSo)
    {
        for (var tries = 0; !isSo(); tries++)
        {
            Assert.True(tries < 3000, "it did not come about within 30 s");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
