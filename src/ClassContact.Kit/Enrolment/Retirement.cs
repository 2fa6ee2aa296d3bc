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

    /// <summary>What else the agent remembered is deleted: requests that were done, the way to the broker.</summary>
    Notes,

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
    /// <param name="offline">Does all that can be done here, whatever could not be done elsewhere: the helpdesk must then revoke the kit.</param>
    /// <param name="ct">Ends it after the step that is under way.</param>
    public async IAsyncEnumerable<RetireLine> Run(bool offline, [EnumeratorCancellation] CancellationToken ct)
    {
        identity.Recover();
        var cleared = await Step(RetireStep.Documents, () => ClearDocuments(ct));
        yield return cleared;
        // Each needs what the next takes away: without a certificate that is good nothing can be cleared, without the key nothing be revoked.
        var revoked = Hinders(cleared) ? new(RetireStep.Certificates, RetireResult.Left) : await Step(RetireStep.Certificates, () => Revoke(ct));
        yield return revoked;
        yield return await Step(RetireStep.Link, () => Task.FromResult(new LinkStore(kit).Wipe()));
        yield return await Step(RetireStep.Lessons, () => Task.FromResult(Delete("lessons")));
        yield return await Step(RetireStep.Outbox, () => Task.FromResult(Delete("outbox*"))); // SQLite puts files beside it, damaged ones are set aside
        yield return await Step(RetireStep.Notes, () => Task.FromResult(Delete("requests.json*") | Delete("broker-way*")));
        yield return Hinders(revoked) ? new(RetireStep.Key, RetireResult.Left) : await Step(RetireStep.Key, () => Task.FromResult(identity.Wipe() | DeleteByHand()));

        bool Hinders(RetireLine before) => before.Result is RetireResult.Left && !offline;
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
        await using var connection = await BrokerAsKit.Open(kit, broker.Tls is null ? null : Pair, "retire", time, ct);
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

    private bool DeleteByHand()
    {
        string[] files = [.. new[] { kit.Broker?.Tls?.KeyFile, kit.Broker?.Tls?.CertificateFile }.OfType<string>().Where(File.Exists)];
        foreach (var file in files)
            File.Delete(file);
        return files.Length > 0;
    }

    private bool Delete(string pattern)
    {
        var there = Directory.Exists(data) ? new DirectoryInfo(data).GetFileSystemInfos(pattern) : [];
        foreach (var one in there)
        {
            if (one is DirectoryInfo folder)
                folder.Delete(recursive: true);
            else
                one.Delete();
        }
        return there.Length > 0;
    }
}
