using System.Threading.Channels;
using ClassContact.Agent.Watch;
using ClassContact.Agent.Words;
using ClassContact.Messages;
using ClassContact.Mqtt;
using Channel = ClassContact.Messages.Channel;

namespace ClassContact.Agent.Tell;

/// <summary>Carries out one <c>ask</c> or <c>tell</c>: asks the kit, and says what becomes of it.</summary>
internal sealed class AskRun(AskOptions options, TextWriter output, TextWriter error, TimeProvider time)
{
    /// <summary>A line that comes later is of no use to a room, and clocks that follow a time server differ by far less.</summary>
    private static readonly TimeSpan Expires = TimeSpan.FromMinutes(2);

    /// <summary>A kit that is there answers within a second, one that reconnects within some more.</summary>
    private static readonly TimeSpan AnswerMayTake = TimeSpan.FromSeconds(10);

    private readonly string id = Guid.NewGuid().ToString("N");

    private bool IsLine => options.Name is RequestName.ShowMessage;

    /// <summary>Returns one of <see cref="ExitCode"/>.</summary>
    internal async Task<int> Run(CancellationToken ct)
    {
        var isAccepted = false;
        try
        {
            await using var connection = await MqttLibrary.Open(options.Broker, $"ask-{id}"[..22], null, time, ct);
            await connection.Subscribe(new Topic(options.Kit, Channel.Reply, id).ToString(), ct);
            var request = options.Write(new(Stamp.Version, id, time.GetUtcNow() + Expires));
            await connection.Publish(new(new Topic(options.Kit, Channel.Request, options.Name).ToString(), request), ct);
            var first = await Reply(connection, AnswerMayTake, ct);
            if (first?.Outcome is not Outcome.Accepted)
                return Say(first, "ask.no-answer");
            isAccepted = true;
            await output.WriteLineAsync(CliWords.Say("ask.accepted"));
            return Say(await Reply(connection, options.DoneMayTake, ct), IsLine ? "tell.not-shown" : "ask.not-done");
        }
        catch (MqttException e)
        {
            await error.WriteLineAsync(CliWords.Say(isAccepted ? "ask.lost" : "ask.unreachable", ("reason", Printable.Of(e.Message, 300))));
            return isAccepted ? ExitCode.Failed : ExitCode.CannotBeReached;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return ExitCode.Failed;
        }
    }

    private int Say(Reply? reply, string silence)
    {
        output.WriteLine(reply switch
        {
            null => CliWords.Say(silence, ("kit", options.Kit.ToString())),
            { Outcome: Outcome.Refused } => CliWords.Say("ask.refused", ("reason", Printable.Of(reply.Reason ?? "?", 40))),
            { Bundle: { } bundle } => CliWords.Say("ask.bundle", ("name", Printable.Of(bundle.Name, 120)), ("size", $"{(bundle.Bytes + 1023) / 1024}"), ("kit", options.Kit.ToString())),
            _ => CliWords.Say(IsLine ? "tell.done" : "ask.done"),
        });
        return reply?.Outcome switch { null => ExitCode.Failed, Outcome.Refused => ExitCode.Refused, _ => ExitCode.Ok };
    }

    // The kit's next reply; null when none comes in time. What the broker had kept is not ours: the id is new.
    private async Task<Reply?> Reply(IMqttConnection connection, TimeSpan patience, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            while (true)
                if (Wire.Read<Reply>((await connection.Received.ReadAsync(either.Token)).Payload.Span)?.Body is { } reply && reply.Id == id)
                    return reply;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
        catch (ChannelClosedException)
        {
            throw new MqttException(await connection.Lost);
        }
    }
}
