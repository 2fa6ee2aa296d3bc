using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Kit.Settings;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;
using ClassContact.Mqtt;

namespace ClassContact.Kit.Enrolment;

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
        yield return await Step(RetireStep.Link, () => Task.FromResult(Told(new LinkStore(kit).Wipe())));
        yield return await Step(RetireStep.Lessons, () => Task.FromResult(Told(Delete("lessons"))));
        yield return await Step(RetireStep.Outbox, () => Task.FromResult(Told(Delete("outbox*")))); // SQLite puts files beside it, damaged ones are set aside
        yield return await Step(RetireStep.Notes, () => Task.FromResult(Told(Delete("requests.json*") | Delete("broker-way*") | Delete("diagnosis.json*") | Delete("door.json*"))));
        yield return Hinders(revoked) ? new(RetireStep.Key, RetireResult.Left) : await Step(RetireStep.Key, () => Task.FromResult(Told(identity.Wipe() | EraseByHand())));

        bool Hinders(RetireLine before) => before.Result is RetireResult.Left && !offline;
    }

    // The pair that talks to the broker: the enrolled one, or one that was put there by hand.
    private TlsFiles? Pair => identity.IsThere ? identity.Files with { CaFile = kit.Broker?.Tls?.CaFile ?? identity.Files.CaFile }
        : kit.Broker?.Tls is { } tls && IsThere(tls.KeyFile) ? tls
        : null;

    // The certificate came by hand, and no service is known that could revoke it.
    private bool IsByHand => kit.Enrolment is null && !identity.IsThere;

    private static async Task<RetireLine> Step(RetireStep step, Func<Task<RetireResult>> carryOut)
    {
        try
        {
            return new(step, await carryOut());
        }
        catch (Exception e) when (e is EnrolmentException or MqttException or IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            return new(step, RetireResult.Left, e.Message);
        }
    }

    private static bool IsThere(string? file) => file is not null && new FileInfo(file) is { Exists: true, Length: > 0 };

    private static RetireResult Told(bool wasThere) => wasThere ? RetireResult.Done : RetireResult.Nothing;

    private async Task<RetireResult> ClearDocuments(CancellationToken ct)
    {
        if (kit.Broker is not { } broker || (broker.Tls is not null && Pair is null))
            return RetireResult.Nothing;
        try
        {
            await Clear(new(kit, broker.Tls is null ? null : Pair, time), ct);
            return RetireResult.Done;
        }
        catch (MqttException e)
        {
            if (await IsWorthless(e, ct))
                return RetireResult.Elsewhere;
            throw;
        }
    }

    private async Task Clear(BrokerAsKit broker, CancellationToken ct)
    {
        var id = KitId.Parse(kit.Kit);
        await using var connection = await broker.Open("retire", ct);
        foreach (var topic in Enum.GetValues<Channel>().Select(channel => new Topic(id, channel)).Where(topic => topic.IsRetained))
            await connection.Publish(new(topic.ToString(), default, Retained: true), ct);
    }

    // Whether the broker will never let this certificate in, so that there is no use in coming again. The service knows; where there is none, the
    // broker's own word must do.
    private async Task<bool> IsWorthless(MqttException refused, CancellationToken ct)
    {
        if (IsByHand)
            return refused.Trouble is Trouble.Unwelcome;
        try
        {
            await AskService(service => service.Link(ct));
            return false;
        }
        catch (EnrolmentException e)
        {
            return IsWorthless(e);
        }
    }

    private static bool IsWorthless(EnrolmentException refused) => refused.Cause is Refusals.Revoked or Refusals.Expired;

    private async Task<RetireResult> Revoke(CancellationToken ct)
    {
        if (Pair is null)
            return RetireResult.Nothing;
        if (IsByHand)
            return RetireResult.Elsewhere;
        try
        {
            return await AskService(service => service.Retire(ct)) ? RetireResult.Done : RetireResult.Nothing;
        }
        catch (EnrolmentException e) when (IsWorthless(e))
        {
            return RetireResult.Nothing;
        }
    }

    // False where there is no certificate to ask with.
    private async Task<bool> AskService(Func<EstClient, Task> question)
    {
        if (Pair is not { CertificateFile: { } certificate, KeyFile: { } key })
            return false;
        using var own = X509Certificate2.CreateFromPemFile(certificate, key);
        using var service = KitService.Open(kit, identity, own, time);
        await question(service);
        return true;
    }

    // What lies in a folder of somebody else's cannot be deleted, only emptied.
    private bool EraseByHand()
    {
        var (tls, login) = (kit.Broker?.Tls, kit.Broker?.ProxyLoginFile);
        string[] files = [.. new[] { tls?.KeyFile, tls?.CertificateFile, login }.OfType<string>().Where(IsThere)];
        foreach (var file in files)
        {
            File.WriteAllBytes(file, []);
            try
            {
                File.Delete(file);
            }
            catch (UnauthorizedAccessException)
            {
                // It is empty.
            }
        }
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
