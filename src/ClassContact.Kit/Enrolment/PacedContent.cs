using System.Net;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Kit.Enrolment;

/// <summary>A bundle as the body of a request, sent no faster than the line can spare.</summary>
internal sealed class PacedContent : HttpContent
{
    /// <summary>Small enough that a slow line is never filled for long: a tenth of a second at 1 Mbit/s.</summary>
    internal const int Step = 8 * 1024;

    /// <summary>Told whenever the line has taken a step.</summary>
    internal Action Moved { private get; set; } = () => { };

    private readonly byte[] bytes;
    private readonly Func<int> pace;
    private readonly TimeProvider time;

    /// <param name="bytes">The bundle.</param>
    /// <param name="pace">Bytes a second, asked again for every step: a class may begin meanwhile.</param>
    /// <param name="time">The clock.</param>
    internal PacedContent(byte[] bytes, Func<int> pace, TimeProvider time)
    {
        (this.bytes, this.pace, this.time) = (bytes, pace, time);
        Headers.ContentType = new(KeptBundle.MediaType);
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        for (var at = 0; at < bytes.Length; at += Step)
        {
            var step = bytes.AsMemory(at, Math.Min(Step, bytes.Length - at));
            await stream.WriteAsync(step, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            Moved();
            await Task.Delay(TimeSpan.FromSeconds((double)step.Length / pace()), time, cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
