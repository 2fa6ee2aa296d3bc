using System.Diagnostics;
using System.Runtime.Versioning;
using ClassContact.Kit.Tools;
using Xunit;

namespace ClassContact.Kit.Tests.Tools;

/// <summary>Real programs that behave badly. Each is a script that carries a mark in its arguments, by which what is left of it would be found.</summary>
[SupportedOSPlatform("linux")]
public sealed class ToolTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string folder = Directory.CreateTempSubdirectory("classcontact-tool-").FullName;

    private string Mark => Path.GetFileName(folder);

    public static TheoryData<string, string> Endless => new()
    {
        { "hangs", "exec sleep 1000" },
        { "ignores being asked to end", "trap '' TERM INT HUP; while :; do sleep 1000; done" },
        { "has a grandchild that hangs, too", "sleep 1000 & sleep 1000" },
        { "writes a little and hangs", "echo so; sleep 1000" },
        { "closes its output and hangs", "exec >&- 2>&-; sleep 1000" },
        { "complains without end", "yes oh >&2" },
        { "stops itself", "kill -STOP $$" },
    };

    [Theory]
    [MemberData(nameof(Endless))]
    public async Task A_program_that_does_not_end_is_too_slow_and_nothing_of_it_is_left(string what, string script)
    {
        Assert.True(await Run(script, new(TimeProvider.System) { Deadline = TimeSpan.FromSeconds(0.7) }) is ToolResult.TooSlow, what);
        await NothingIsLeft();
    }

    [Fact]
    public async Task The_deadline_is_the_clocks()
    {
        FakeTime time = new();
        var run = Run("sleep 1000", new(time) { Deadline = TimeSpan.FromMinutes(1) });
        Assert.False(run.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<ToolResult.TooSlow>(await run.WaitAsync(Patience));
        await NothingIsLeft();
    }

    [Fact]
    public async Task A_cancelled_run_throws_and_leaves_nothing()
    {
        using CancellationTokenSource stop = new();
        var run = Run("sleep 1000", ct: stop.Token);
        await Keys.Listening.Until(() => Left().Count > 0);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Patience));
        await NothingIsLeft();
    }

    [Fact]
    public async Task A_grandchild_that_keeps_the_pipe_does_not_hold_up_the_answer_and_is_ended()
    {
        Assert.Equal(new ToolResult.Output("done\n"), await Run("sleep 1000 & echo done"));
        await NothingIsLeft();
    }

    // Such a one is beyond our reach; the run ends in time all the same.
    [Fact]
    public async Task A_grandchild_in_a_session_of_its_own_that_keeps_the_pipe_makes_it_too_slow()
    {
        var result = await Run("setsid sleep 1000 & echo done; while [ \"$(ps -o comm= -s $! )\" != sleep ]; do :; done", new(TimeProvider.System) { Deadline = TimeSpan.FromSeconds(2) });
        var left = Left();
        Assert.IsType<ToolResult.TooSlow>(result);
        Assert.Single(left);
        Process.GetProcessById(left[0]).Kill();
        await NothingIsLeft();
    }

    [Fact]
    public async Task Megabytes_are_too_much()
    {
        Assert.IsType<ToolResult.TooMuch>(await Run("yes"));
        await NothingIsLeft();
    }

    [Fact]
    public async Task What_is_just_allowed_is_read_whole()
    {
        Tool tool = new(TimeProvider.System) { MostBytes = 300_000 };
        Assert.Equal(300_000, Assert.IsType<ToolResult.Output>(await Run("head -c 300000 /dev/zero", tool)).Text.Length);
        Assert.IsType<ToolResult.TooMuch>(await Run("head -c 300001 /dev/zero", tool));
    }

    [Fact]
    public async Task Megabytes_of_complaints_are_read_and_forgotten() =>
        Assert.Equal(new ToolResult.Failed(1, "oh no"), await Run("echo oh no >&2; head -c 5000000 /dev/zero >&2; exit 1"));

    [Fact]
    public async Task Nothing_is_an_empty_text() => Assert.Equal(new ToolResult.Output(""), await Run(":"));

    [Fact]
    public async Task What_is_no_utf8_is_replaced() => Assert.Equal(new ToolResult.Output("a\ufffd\0b"), await Run(@"printf 'a\377\000b'"));

    [Theory]
    [InlineData("exit 3", 3, "?")]
    [InlineData(@"printf '\n\033[31mno\a \302\200such\tdevice\nmore\n' >&2; exit 255", 255, "[31mno such device")]
    [InlineData("kill -SEGV $$", 139, "?")]
    public async Task A_program_that_fails_is_told_with_its_first_complaint(string script, int code, string complaint) =>
        Assert.Equal(new ToolResult.Failed(code, complaint), await Run(script));

    [Fact]
    public async Task It_has_nothing_to_read_and_speaks_as_programs_do()
    {
        var before = Environment.GetEnvironmentVariable("LANGUAGE");
        Environment.SetEnvironmentVariable("LANGUAGE", "fr"); // what a technician's shell may have
        try
        {
            Assert.Equal(new ToolResult.Output("C.UTF-8 C.UTF-8 /\nUTF-8\n"), await Run("cat; echo $LANG $LC_ALL $LANGUAGE $PWD; locale charmap"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("LANGUAGE", before);
        }
    }

    [Fact]
    public async Task Arguments_are_never_a_shells() =>
        Assert.Equal(new ToolResult.Output("$(id) ; `id` *\n"), await new Tool(TimeProvider.System).Run("echo", ["$(id)", ";", "`id`", "*"], [], default));

    [Fact]
    public async Task A_variable_is_added_and_another_removed() => Assert.Equal(
        new ToolResult.Output("new:\n"),
        await new Tool(TimeProvider.System).Run(Script("echo $KIT:$HOME"), [], [new("KIT", "new"), new("HOME", null)], default));

    [Theory]
    [InlineData("no-such-program-of-any-kit")]
    [InlineData("/nowhere/program")]
    [InlineData("/etc")]
    public async Task A_program_that_is_not_there_is_missing(string program) =>
        Assert.IsType<ToolResult.Missing>(await new Tool(TimeProvider.System).Run(program, [], [], default));

    [Fact]
    public async Task A_file_that_may_not_be_run_is_missing()
    {
        var path = Script("echo never");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.IsType<ToolResult.Missing>(await new Tool(TimeProvider.System).Run(path, [], [], default));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<ToolResult> Run(string script, Tool? tool = null, CancellationToken ct = default) =>
        await (tool ?? new(TimeProvider.System) { Deadline = Patience }).Run(Script(script), [], [new("CLASSCONTACT_MARK", Mark)], ct).WaitAsync(Patience, CancellationToken.None);

    private string Script(string text)
    {
        var path = Path.Combine(folder, "program");
        File.WriteAllText(path, "#!/bin/bash\n" + text + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        return path;
    }

    // The killed ones are reaped a moment later.
    private Task NothingIsLeft() => Keys.Listening.Until(() => Left().Count == 0);

    private List<int> Left() =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0])).Select(name => int.Parse(name!))
            .Where(id => (SystemFile.Read($"/proc/{id}/environ") ?? "").Contains($"CLASSCONTACT_MARK={Mark}", StringComparison.Ordinal)),
    ];
}
