using System.Diagnostics;
using ClassContact.Kit.Outbox;
using ClassContact.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClassContact.Classroom.Ledger;

/// <summary>What happens to a teller in the place of one call to the kernel.</summary>
public enum WriteFault
{
    /// <summary>SIGKILL instead of it.</summary>
    Kill,

    /// <summary>The disk answers that it cannot: EIO.</summary>
    Error,

    /// <summary>The disk does it after 0.4 s, which is forty seconds by its clock.</summary>
    Hang,
}

/// <summary>A teller whose disk fails it in one call to the kernel that changes its file, and what is in the file afterwards.</summary>
public static class WritePath
{
    /// <summary>Everything that .NET and SQLite 3.40 could do to the file, beside reading it; not all of it is done.</summary>
    public static readonly IReadOnlyList<string> Calls = ["openat", "pwrite64", "write", "fdatasync", "fsync", "ftruncate", "unlink", "fchmod", "chmod"];

    /// <summary>Runs it; false when it has fewer steps than that.</summary>
    /// <param name="folder">Its own, made here.</param>
    /// <param name="call">One of <see cref="Calls"/>.</param>
    /// <param name="at">Which of these calls.</param>
    /// <param name="fault">What happens then.</param>
    public static async Task<bool> Run(string folder, string call, int at, WriteFault fault)
    {
        Directory.CreateDirectory(folder);
        var (file, calls) = (Path.Combine(folder, "outbox.db"), Path.Combine(folder, "calls"));
        var code = await ChildProcess.Run("strace", folder, "strace",
        [
            "-f", "-qq", "-o", calls, "-e", $"trace={call}", "-P", file, "-P", file + "-wal", "-P", file + "-journal",
            "-e", $"inject={call}:{Injection(fault)}:when={at}", Teller.Program, "write", folder,
        ]);
        var done = new LedgerFile(folder).IsDone;
        var struck = fault is WriteFault.Kill ? !done : (await File.ReadAllTextAsync(calls)).Contains(fault is WriteFault.Error ? "(INJECTED)" : "(DELAYED)", StringComparison.Ordinal);
        return code == 0 == (fault is not WriteFault.Kill || !struck) ? struck
            : throw new InvalidOperationException($"{call} {at}: strace ended with {code}: {await File.ReadAllTextAsync(Path.Combine(folder, "strace.log"))}");
    }

    private static string Injection(WriteFault fault) => fault switch
    {
        WriteFault.Kill => "signal=KILL",
        WriteFault.Error => "error=EIO",
        WriteFault.Hang => "delay_enter=400000",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>What is not as promised in the file that was left behind.</summary>
    public static IReadOnlyList<string> Problems(string folder)
    {
        var ledger = new LedgerFile(folder);
        var (told, kept, acknowledged) = (ledger.Told, ledger.Kept, ledger.Acknowledged);
        using var outbox = new OutboxWorker(folder, new(), TimeProvider.System, NullLogger.Instance);
        outbox.Tell(new(0, "agent-started", DateTimeOffset.UnixEpoch)); // the last to come
        var left = new List<KitEvent>();
        var watch = Stopwatch.StartNew();
        while (left.LastOrDefault()?.Name != "agent-started")
        {
            if (outbox.First() is { } next)
            {
                left.Add(next.Event);
                outbox.Acknowledged();
            }
            else if (watch.Elapsed > WaitFor.Generous)
                return ["the outbox does not open"];
            else
                Thread.Yield();
        }
        var numbers = left.SkipLast(1).Select(Teller.Number).ToList();
        return
        [
            .. kept.Except(acknowledged).Except(numbers).Select(n => $"missing: {n}"),
            .. numbers.Except(told).Select(n => $"never told: {n}"),
            .. numbers.Zip(numbers.Skip(1)).Where(p => p.First >= p.Second).Select(p => $"out of order: {p.First}, then {p.Second}"),
            .. left.Zip(left.Skip(1)).Where(p => p.First.Seq >= p.Second.Seq).Select(p => $"numbers do not rise: {p.First.Seq}, then {p.Second.Seq}"),
            .. outbox.Status.Replaced is { } damage ? [$"the file was damaged: {damage}"] : Array.Empty<string>(),
        ];
    }
}
