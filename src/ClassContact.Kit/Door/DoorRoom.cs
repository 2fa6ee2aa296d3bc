using ClassContact.Kit.Screen;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Door;

/// <summary>What is behind the open door: the sections, what is being done there, one thing at a time, and how the last of each went.</summary>
internal sealed class DoorRoom(DoorParts parts, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>A technician waits no longer; a diagnosis takes some 40 s, a stick of a slow school half a minute.</summary>
    private static readonly TimeSpan DeedMayTake = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private readonly Dictionary<string, DoorSaid> said = [];
    private CancellationTokenSource? stay; // while somebody is in
    private Task work = Task.CompletedTask;
    private string? busy; // the section in which something is being done

    /// <summary>Called when something that was asked for has ended.</summary>
    public required Action Ended { private get; init; }

    /// <summary>The sections as they are now.</summary>
    public IReadOnlyList<DoorSectionView> Views()
    {
        lock (gate)
            return [.. parts.Sections.Select(section => section.View() with { Said = said.GetValueOrDefault(section.Id), IsBusy = busy is not null })];
    }

    /// <summary>Somebody comes in: nothing of an earlier visit is shown, and what sections want to know first is looked at.</summary>
    public void Enter()
    {
        lock (gate)
        {
            said.Clear();
            stay?.Dispose();
            stay = new();
            var token = stay.Token;
            work = LookAround(work, token);
        }
    }

    /// <summary>Does what was pressed; nothing while something else is being done, or for what nobody knows.</summary>
    public void Do(DoorWord word)
    {
        lock (gate)
        {
            if (busy is not null || stay is not { } visit || parts.Sections.FirstOrDefault(s => s.Deeds.ContainsKey(word.Action)) is not { } section)
                return;
            Begin(section);
            work = Carry(section, word, true, visit.Token);
        }
    }

    /// <summary>Whoever was in has left: what is being done is given up.</summary>
    public async Task Leave()
    {
        Task left;
        lock (gate)
        {
            stay?.Cancel();
            left = work;
        }
        await left.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose() => stay?.Dispose();

    private async Task LookAround(Task before, CancellationToken ct)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        foreach (var section in parts.Sections.Where(section => section.First is not null))
        {
            lock (gate)
            {
                if (ct.IsCancellationRequested)
                    return;
                Begin(section);
            }
            await Carry(section, new(section.First!, new Dictionary<string, string>()), false, ct);
        }
    }

    private void Begin(DoorSection section)
    {
        busy = section.Id;
        said[section.Id] = new(Mood.Working, parts.Words["door.working"]);
        parts.Changed();
    }

    // Of what nobody asked for only trouble is told.
    private async Task Carry(DoorSection section, DoorWord word, bool isAsked, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(DeedMayTake, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var token = either.Token;
        DoorSaid result;
        try
        {
            result = await Task.Run(() => section.Deeds[word.Action](word, token), CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            result = DoorSection.Bad(parts.Words["door.too-slow"]);
        }
        catch (Exception e)
        {
            log.LogError("At the technician's door {Action} failed: {Kind}", word.Action, e.GetType().Name); // its message may hold a name or an address
            result = DoorSection.Bad(parts.Words["door.failed"]);
        }
        log.LogInformation("At the technician's door {Action} was done: {Mood}", word.Action, result.Mood);
        lock (gate)
        {
            (said[section.Id], busy) = (result, null);
            if (!isAsked && result.Mood is Mood.Ready)
                said.Remove(section.Id);
        }
        if (isAsked)
            Ended();
        parts.Changed();
    }
}
