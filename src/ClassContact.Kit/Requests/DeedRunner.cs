using System.Threading.Channels;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Requests;

/// <summary>How a deed ended.</summary>
/// <param name="Reason">Why it came to nothing, as a code; null when it was done.</param>
/// <param name="Bundle">What was given away.</param>
internal readonly record struct DeedEnd(string? Reason, KeptBundle? Bundle = null);

/// <summary>Does what was accepted, one after the other, and keeps what the room is to read of it.</summary>
/// <param name="parts">The rest of the kit.</param>
/// <param name="ended">Told what became of each.</param>
/// <param name="log">Gets what broke, by its type's name.</param>
internal sealed class DeedRunner(RequestParts parts, Func<Wanted, DeedEnd, ValueTask> ended, ILogger log)
{
    /// <summary>Before the screen goes dark: long enough to read why.</summary>
    internal static readonly TimeSpan Warning = TimeSpan.FromSeconds(3);

    /// <summary>What takes but an instant is told for so long, to be read.</summary>
    internal static readonly TimeSpan Told = TimeSpan.FromSeconds(4);

    // The gate accepts no more than that.
    private readonly Channel<Wanted> waiting = System.Threading.Channels.Channel.CreateBounded<Wanted>(RequestGate.MostDue);
    private readonly Lock calls = new();
    private CancellationTokenSource? beforeClass;
    private volatile string? doing;

    internal TimeProvider Time { private get; set; } = TimeProvider.System;

    /// <summary>The name of what is being done; null for nothing.</summary>
    internal string? Doing => doing;

    internal void Add(Wanted wanted) => waiting.Writer.TryWrite(wanted);

    internal void CallBegins()
    {
        lock (calls)
            _ = beforeClass?.CancelAsync(); // what is cancelled ends elsewhere: the caller has a call to open
    }

    internal async Task Run(CancellationToken ct)
    {
        await foreach (var wanted in waiting.Reader.ReadAllAsync(ct))
        {
            var began = Time.GetTimestamp();
            Tell(wanted.Name);
            var end = await Try(wanted, ct);
            await ended(wanted, end);
            if (end.Reason is null && Told - Time.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero)
                await Task.Delay(rest, Time, ct);
            Tell(null);
        }
    }

    private void Tell(string? name)
    {
        doing = name;
        parts.Changed();
    }

    private async Task<DeedEnd> Try(Wanted wanted, CancellationToken ct)
    {
        try
        {
            if (wanted.Name is RequestName.RestartBrowser or RequestName.Reboot)
                await Task.Delay(Warning, Time, ct);
            if (wanted.Request.Expires < parts.WallClock())
                return new("expired"); // it waited behind others, and who asked has given up
            // The kit may be doing something else than when it was asked.
            return parts.Situation().Objection(wanted.Name) is { } objection ? new(objection)
                : wanted.Name is RequestName.SendBundle ? await SendBundle(ct)
                : new(await Do(wanted, ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            log.LogError("The helpdesk's {Request} broke: {Exception}{Where}", wanted.Name, e.GetType().Name, "\n" + e.StackTrace); // a message may hold an address
            return new("failed");
        }
    }

    private Task<string?> Do(Wanted wanted, CancellationToken ct) => wanted switch
    {
        { LogLevel: { } level } => SetLevel(level),
        { Name: RequestName.RunDiagnosis } => UntilClass(wanted.Name, parts.RunDiagnosis, ct),
        { Name: RequestName.RestartBrowser } => UntilClass(wanted.Name, parts.RestartBrowser, ct),
        { Name: RequestName.ReloadSettings } => parts.ReloadSettings(ct),
        { Name: RequestName.RefreshLink } => parts.RefreshLink?.Invoke(ct) ?? Task.FromResult<string?>("not-enrolled"),
        { Name: RequestName.Reboot } => UntilClass(wanted.Name, parts.Reboot, ct),
        _ => throw new ArgumentOutOfRangeException(nameof(wanted), wanted.Name, "no deed"),
    };

    private async Task<DeedEnd> SendBundle(CancellationToken ct)
    {
        if (parts.SendBundle is null)
            return new("not-enrolled");
        var (reason, kept) = await parts.SendBundle(ct);
        return new(reason, kept);
    }

    private Task<string?> SetLevel(SetLogLevel level)
    {
        parts.SetLogLevel(level);
        return Task.FromResult<string?>(null);
    }

    private async Task<string?> UntilClass(string name, Deed deed, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        lock (calls)
            beforeClass = stop;
        try
        {
            // A class may have begun before it could have been cancelled.
            return parts.Situation().Objection(name) ?? await deed(stop.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "in-call";
        }
        finally
        {
            lock (calls)
                beforeClass = null;
        }
    }
}
