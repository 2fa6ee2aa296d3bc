using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Keys;

/// <summary>The keyboards that are listened to, and the nodes that are not, with the reason.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Keyboards(string folder, Func<string, Opening> open, Func<ChordReader> newReader, ILogger log) : IDisposable
{
    private readonly SortedDictionary<string, Keyboard> ready = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Opening> others = [];

    /// <summary>The open keyboards with their nodes. A copy: keyboards go while one reads.</summary>
    public IReadOnlyList<(string Node, Keyboard Keyboard)> Ready => [.. ready.Select(pair => (pair.Key, pair.Value))];

    /// <summary>When the first of them has something to do; null while nothing is pending.</summary>
    public TimeSpan? Deadline => ready.Values.Min(keyboard => keyboard.Deadline);

    /// <summary>What the room and the helpdesk may know.</summary>
    public KeyboardsPresent Present => new(
        ready.Count, others.Values.Count(opening => opening is Opening.NoPermission), string.Join(", ", ready.Values.Select(keyboard => keyboard.Name)));

    /// <summary>A node is new or changed. One that is open, or was found to be something else, stays so until it is gone.</summary>
    public void Look(string node)
    {
        if (ready.ContainsKey(node) || others.GetValueOrDefault(node) is Opening.NotWanted)
            return;
        var opening = open(Path.Combine(folder, node));
        var before = others.GetValueOrDefault(node);
        others.Remove(node);
        switch (opening)
        {
            case Opening.Ready(var device):
                ready[node] = new(node, device, newReader(), log);
                log.LogInformation("Keyboard {Node} ({Name}) is listened to", node, device.Name);
                break;
            case Opening.Gone:
                break;
            default:
                others[node] = opening;
                if (opening != before)
                    TellRefused(node, opening);
                break;
        }
    }

    /// <summary>A node was removed, or its device ended. Keys that were down are up, and no stroke comes of them.</summary>
    public void Forget(string node)
    {
        others.Remove(node);
        if (!ready.Remove(node, out var keyboard))
            return;
        keyboard.Dispose();
        log.LogInformation("Keyboard {Node} ({Name}) is gone", node, keyboard.Name);
    }

    /// <summary>Looks at everything that is there and forgets what is not.</summary>
    public void LookAtAll(IReadOnlyList<string> nodes)
    {
        foreach (var node in ready.Keys.Concat(others.Keys).Except(nodes).ToList())
            Forget(node);
        foreach (var node in nodes)
            Look(node);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var keyboard in ready.Values)
            keyboard.Dispose();
        ready.Clear();
    }

    private void TellRefused(string node, Opening opening)
    {
        if (opening is Opening.NoPermission)
            log.LogInformation("Input node {Node} may not be read; waiting for permission", node);
        else if (opening is Opening.Failed(var why))
            log.LogWarning("Input node {Node} was left out: {Why}", node, why);
    }
}
