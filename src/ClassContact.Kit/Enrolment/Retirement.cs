using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Kit.Settings;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;
using ClassContact.Mqtt;

namespace ClassContact.Kit.Enrolment;

/// <summary>The steps of taking a kit out of use, in their order.</summary>
public enum RetireStep
{
    /// <summary>What the broker keeps of the kit is cleared.</summary>
    Documents,

    /// <summary>The kit's certificates are revoked.</summary>
    Certificates,

    /// <summary>The meeting's link is deleted.</summary>
    Link,

    /// <summary>The lessons' records are deleted.</summary>
    Lessons,

    /// <summary>The events that wait are deleted.</summary>
    Outbox,

    /// <summary>The kit's key is deleted: only once its certificate is revoked, for without it the kit could not ask for that any more.</summary>
    Key,
}

/// <summary>How a step went.</summary>
public enum RetireResult
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There was nothing to do, for example because it was done before.</summary>
    Nothing,

    /// <summary>It failed, or was left for later; run it again.</summary>
    Left,
}

/// <summary>One line of the account.</summary>
/// <param name="Step">What.</param>
/// <param name="Result">How it went.</param>
/// <param name="Why">Why it was left.</param>
public sealed record RetireLine(RetireStep Step, RetireResult Result, string? Why = null);

/// <summary>Takes a kit out of use. Every step is safe to repeat, and none hinders the next: what a network keeps from being done is left and told.</summary>
/// <param name="kit">Which, and where everything is.</param>
/// <param name="time">The clock of deadlines.</param>
public sealed class Retirement(KitSettings kit, TimeProvider time)
{
    private readonly string data = (kit.Folders ?? new()).Data;
    private readonly IdentityFolder identity = new((kit.Folders ?? new()).Data);

    /// <summary>Carries the steps out one by one.</summary>
    /// <param name="offline">Deletes the key even if the service could not be told: the helpdesk must then revoke the kit.</param>
    /// <param name="ct">Ends it after the step that is under way.</param>
    public async IAsyncEnumerable<RetireLine> Run(bool offline, [EnumeratorCancellation] CancellationToken ct)
    {
        identity.Recover();
        yield return await Step(RetireStep.Documents, () => ClearDocuments(ct));
        var revoked = await Step(RetireStep.Certificates, () => Revoke(ct));
        yield return revoked;
        yield return await Step(RetireStep.Link, () => Task.FromResult(new LinkStore(kit).Wipe()));
        yield return await Step(RetireStep.Lessons, () => Task.FromResult(DeleteFolder(Path.Combine(data, "lessons"))));
        yield return await Step(RetireStep.Outbox, () => Task.FromResult(DeleteOutbox()));
        yield return revoked.Result is RetireResult.Left && !offline
            ? new(RetireStep.Key, RetireResult.Left)
            : await Step(RetireStep.Key, () => Task.FromResult(identity.Wipe() | DeleteByHand()));
    }

    // The pair that talks to the broker: the enrolled one, or one that was put there by hand.
    private TlsFiles? Pair => identity.IsThere ? identity.Files with { CaFile = kit.Broker?.Tls?.CaFile ?? identity.Files.CaFile }
        : kit.Broker?.Tls is { } tls && File.Exists(tls.KeyFile) ? tls
        : null;

    private static async Task<RetireLine> Step(RetireStep step, Func<Task<bool>> carryOut)
    {
        try
        {
            return new(step, await carryOut() ? RetireResult.Done : RetireResult.Nothing);
        }
        catch (Exception e) when (e is EnrolmentException or MqttException or IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            return new(step, RetireResult.Left, e.Message);
        }
    }

    private async Task<bool> ClearDocuments(CancellationToken ct)
    {
        if (kit.Broker is not { } broker || (broker.Tls is not null && Pair is null))
            return false;
        var id = KitId.Parse(kit.Kit);
        await using var connection = await MqttLibrary.Open(broker with { Tls = broker.Tls is null ? null : Pair }, $"{id}-retire", null, time, ct);
        foreach (var topic in Enum.GetValues<Channel>().Select(channel => new Topic(id, channel)).Where(topic => topic.IsRetained))
            await connection.Publish(new(topic.ToString(), default, Retained: true), ct);
        return true;
    }

    private async Task<bool> Revoke(CancellationToken ct)
    {
        if (Pair is not { CertificateFile: { } certificate, KeyFile: { } key })
            return false;
        try
        {
            using var own = X509Certificate2.CreateFromPemFile(certificate, key);
            using var service = KitService.Open(kit, identity, own, time);
            await service.Retire(ct);
            return true;
        }
        catch (EnrolmentException e) when (e.Cause is Refusals.Revoked or Refusals.Expired)
        {
            return false; // worthless already
        }
    }

    private static bool DeleteFolder(string folder)
    {
        if (!Directory.Exists(folder))
            return false;
        Directory.Delete(folder, recursive: true);
        return true;
    }

    private bool DeleteByHand()
    {
        string[] files = [.. new[] { kit.Broker?.Tls?.KeyFile, kit.Broker?.Tls?.CertificateFile }.OfType<string>().Where(File.Exists)];
        foreach (var file in files)
            File.Delete(file);
        return files.Length > 0;
    }

    // The database with what SQLite puts beside it, and damaged ones that were set aside.
    private bool DeleteOutbox()
    {
        string[] files = Directory.Exists(data) ? Directory.GetFiles(data, "outbox*") : [];
        foreach (var file in files)
            File.Delete(file);
        return files.Length > 0;
    }
}
