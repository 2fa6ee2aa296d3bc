using System.Collections.Concurrent;
using System.Runtime.Versioning;
using ClassContact.Kit.CallButton;
using ClassContact.Kit.Keys;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ClassContact.Kit.Tests.CallButton;

/// <summary>The worker at the near end of a kernel's pseudo-terminal, a simulated box at the far end.</summary>
[SupportedOSPlatform("linux")]
public sealed class CallButtonWorkerTests : IAsyncDisposable, ILogger
{
    private static readonly KeyStroke Start = new(KeyAction.Start, Held: false);
    private static readonly KeyStroke End = new(KeyAction.End, Held: true);

    private readonly string folder = Directory.CreateTempSubdirectory("classcontact-button-").FullName;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<KeyStroke> strokes = [];
    private readonly ConcurrentQueue<string> log = [];
    private Task run = Task.CompletedTask;

    // The name under which udev would make a line known.
    private string Port => Path.Combine(folder, "usb-box");

    [Fact]
    public async Task A_short_press_starts_a_held_one_ends_and_the_lamp_tells()
    {
        await using var box = new SimulatedBox();
        Plug(box);
        var worker = Run();
        await Until(() => worker.Trouble is null);
        await Until(() => box.Lamp == "off");

        box.Turn(down: true);
        box.Turn(down: false);
        await Until(() => strokes.Contains(Start));
        worker.Show(Lamp.Starting);
        await Until(() => box.Lamp == "starting");
        worker.Show(Lamp.Open);
        await Until(() => box.Lamp == "open");
        worker.Show(Lamp.Muted);
        await Until(() => box.Lamp == "muted");

        await Hold(box, () => strokes.Contains(End));
        worker.Show(Lamp.Open);
        await Until(() => box.Lamp == "open");
        await Stop();
        await Until(() => box.Lamp == "off");
        Assert.Equal([Start, End], strokes);
        Assert.Equal([$"The call button at {Port} is there"], log);
    }

    [Fact]
    public async Task When_the_kit_goes_silent_the_box_puts_its_lamp_out_and_shows_it_again_when_the_kit_is_back()
    {
        await using var box = new SimulatedBox();
        Plug(box);
        var time = new FakeTime(); // stands still: so does the kit
        var worker = Run(time);
        worker.Show(Lamp.Open);
        await Until(() => box.Lamp == "open");
        await Until(() => box.Lamp == "off");
        await Until(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return box.Lamp == "open";
        });
        await StopWith(time);
    }

    [Fact]
    public async Task A_box_comes_and_goes_and_comes_back()
    {
        var worker = Run();
        await Until(() => worker.Trouble == "missing");
        await using (var box = new SimulatedBox())
        {
            Plug(box);
            worker.Wake();
            await Until(() => worker.Trouble is null);
        }
        await Until(() => worker.Trouble == "missing");
        await using var again = new SimulatedBox();
        Plug(again);
        worker.Wake();
        worker.Show(Lamp.Open);
        await Until(() => again.Lamp == "open");
        again.Turn(down: true);
        again.Turn(down: false);
        await Until(() => strokes.Contains(Start));
        Assert.Equal(3, log.Count);
    }

    [Fact]
    public async Task A_box_that_dies_is_noticed_and_taken_back_when_it_is_well_again()
    {
        await using var box = new SimulatedBox();
        Plug(box);
        var worker = Run();
        await Until(() => worker.Trouble is null);
        box.IsDead = true;
        await Until(() => worker.Trouble == "silent");
        box.IsDead = false;
        await Until(() => worker.Trouble is null);
    }

    [Fact]
    public async Task A_box_of_another_version_is_told_once_and_presses_nothing()
    {
        await using var box = new SimulatedBox { Greeting = "classcontact-button 2" };
        Plug(box);
        var worker = Run();
        await Until(() => worker.Trouble == "other-version");
        box.Turn(down: true);
        box.Turn(down: false);
        worker.Wake();
        await Until(() => log.Count == 1);
        Assert.Empty(strokes);
    }

    [Fact]
    public async Task A_box_that_floods_is_let_go()
    {
        await using var box = new SimulatedBox();
        Plug(box);
        var worker = Run();
        await Until(() => worker.Trouble is null);
        var flood = Enumerable.Repeat((byte)'x', 1024).ToArray();
        var flooding = Task.Run(() =>
        {
            while (worker.Trouble != "floods")
                box.Write(flood); // waits while nobody reads: until the box is gone
        });
        await Until(() => worker.Trouble == "floods");
        Assert.Empty(strokes);
    }

    [Fact]
    public async Task Nonsense_between_the_lines_is_told_once_and_disturbs_nothing()
    {
        await using var box = new SimulatedBox();
        Plug(box);
        var worker = Run();
        await Until(() => worker.Trouble is null);
        for (var i = 0; i < 20; i++)
            box.Write([.. Enumerable.Range(128, 60).Select(n => (byte)n), (byte)'\n', .. "noise\n"u8]);
        box.Turn(down: true);
        box.Turn(down: false);
        await Until(() => strokes.Contains(Start));
        Assert.Equal(2, log.Count);
    }

    [Fact]
    public async Task What_is_no_line_is_told_as_such()
    {
        File.CreateSymbolicLink(Port, "/dev/null");
        var worker = Run();
        await Until(() => worker.Trouble == "not-a-line");
    }

    [Fact]
    public async Task A_line_that_may_not_be_opened_is_told_as_such()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may open everything");
        await using var box = new SimulatedBox();
        Plug(box);
        File.SetUnixFileMode(box.Port, UnixFileMode.None);
        var worker = Run();
        await Until(() => worker.Trouble == "no-permission");
    }

    [Fact]
    public async Task A_driver_that_takes_nothing_is_given_up()
    {
        var time = new FakeTime();
        await using var line = new HungLine();
        var visit = new BoxVisit(line, () => Lamp.Off, new(), strokes.Enqueue, time);
        var visiting = visit.Run(_ => { }, CancellationToken.None);
        await Until(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return visiting.IsCompleted;
        });
        Assert.Equal("hangs", await visiting);
        Assert.False(visit.Ended.IsCompleted); // so nobody opens it again
        line.LetGo();
        await visit.Ended.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        stop.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        log.Enqueue(formatter(state, exception));

    private static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (!condition())
            await Task.Delay(10, patience.Token);
    }

    // A hand that holds the button, and takes it again when nothing came of it: on a busy computer the box may be late with its word, and such a press is void.
    private static async Task Hold(SimulatedBox box, Func<bool> done)
    {
        for (var tries = 0; !done(); tries++)
        {
            box.Turn(down: true);
            for (var i = 0; i < 300 && !done(); i++) await Task.Delay(10, TestContext.Current.CancellationToken);
            box.Turn(down: false);
            Assert.True(tries < 10, "no hold of the button was taken");
            await Task.Delay(200, TestContext.Current.CancellationToken); // for the hand
        }
    }

    private CallButtonWorker Run(TimeProvider? time = null)
    {
        var worker = new CallButtonWorker(new(Port), strokes.Enqueue, time ?? TimeProvider.System, this);
        run = worker.Run(stop.Token);
        return worker;
    }

    private void Plug(SimulatedBox box)
    {
        File.Delete(Port);
        File.CreateSymbolicLink(Port, box.Port);
    }

    private async Task Stop()
    {
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private async Task StopWith(FakeTime time)
    {
        await stop.CancelAsync();
        await Until(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return run.IsCompleted;
        });
    }
}
