using System.Collections.Immutable;

namespace ClassContact.Messages.Reading;

/// <summary>What a reader knows of all kits.</summary>
/// <param name="Kits">By name, each with at least one readable document or an unreadable one counted.</param>
/// <param name="Foreign">Messages under topics that are none of ours.</param>
public sealed record KitsSeen(ImmutableSortedDictionary<string, KitSight> Kits, int Foreign = 0)
{
    /// <summary>Before the first message.</summary>
    public static readonly KitsSeen None = new(ImmutableSortedDictionary.Create<string, KitSight>(StringComparer.Ordinal));

    /// <summary>Messages that could not be read, whether of a kit or not.</summary>
    public int Unreadable => Foreign + Kits.Values.Sum(kit => kit.Unreadable);

    /// <summary>Takes in one message; see <see cref="KitSight.Apply"/>.</summary>
    public KitsSeen Apply(string topic, ReadOnlySpan<byte> payload, bool retained, TimeSpan now)
    {
        if (!Topic.TryParse(topic, out var read))
            return this with { Foreign = Foreign + 1 };
        var name = read.Kit.ToString();
        var sight = (Kits.GetValueOrDefault(name) ?? new(read.Kit)).Apply(read.Channel, payload, retained, now);
        return this with { Kits = sight is { IsEmpty: true, Unreadable: 0 } ? Kits.Remove(name) : Kits.SetItem(name, sight) };
    }

    /// <summary>The reader's own connection was lost; see <see cref="KitSight.NotListening"/>.</summary>
    public KitsSeen NotListening() => this with { Kits = Kits.ToImmutableSortedDictionary(kit => kit.Key, kit => kit.Value.NotListening(), StringComparer.Ordinal) };
}
