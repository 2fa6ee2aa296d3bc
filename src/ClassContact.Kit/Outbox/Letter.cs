using System.Text.Json;
using ClassContact.Messages;

namespace ClassContact.Kit.Outbox;

/// <summary>An event on its way to the broker. Its marks belong to the <see cref="Shelf"/>.</summary>
/// <param name="happened">Its number is 0 until it gets one.</param>
/// <param name="told">When, since the outbox began; null for one of an earlier start.</param>
internal sealed class Letter(KitEvent happened, TimeSpan? told)
{
    /// <summary>What is sent.</summary>
    internal KitEvent Event { get; private set; } = happened;

    internal TimeSpan? Told { get; } = told;

    internal long Seq => Event.Seq;

    /// <summary>To be called once the broker has it.</summary>
    internal Action? Acknowledged { get; init; }

    /// <summary>Of a report: how many drops are told with it and all before it; else null.</summary>
    internal long? Reports => Event.Dropped?.Total;

    /// <summary>The disk was asked to keep it.</summary>
    internal bool Tried { get; set; }

    /// <summary>It is on the disk.</summary>
    internal bool Stored { get; set; }

    /// <summary>It was handed out to be sent.</summary>
    internal bool Taken { get; set; }

    /// <summary>Nobody needs it any more: acknowledged or dropped.</summary>
    internal bool Gone { get; set; }

    /// <summary>Its number fell into those that the file already had: it stays in memory.</summary>
    internal bool Unkeepable { get; set; }

    /// <summary>Bytes of its JSON.</summary>
    internal int Size => JsonSerializer.SerializeToUtf8Bytes(Event, WireJson.Default.KitEvent).Length;

    /// <summary>It happened before that moment.</summary>
    internal bool IsFromBefore(TimeSpan moment) => Told is not { } when || when < moment;

    internal void Number(long seq) => Event = Event with { Seq = seq };
}
