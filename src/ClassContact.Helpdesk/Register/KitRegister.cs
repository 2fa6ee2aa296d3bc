using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using ClassContact.Helpdesk.Settings;
using ClassContact.Helpdesk.Words;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Helpdesk.Register;

/// <summary>
/// All kits, as files in one folder: <c>kits/</c> a record each, <c>signed/</c> every certificate, <c>links/</c> the meetings' links. The service and the
/// commands share it, so every change holds a lock.
/// </summary>
/// <exception cref="IOException">From every member: the disk, or the lock is held for longer than <see cref="Patience"/>.</exception>
internal sealed class KitRegister
{
    /// <summary>A change takes some milliseconds; whoever holds the lock for longer hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly string[] Parts = ["kits", "links"];
    private readonly string folder;
    private readonly string signedFolder;
    private readonly TimeProvider time;
    private readonly Revocations revocations;

    public KitRegister(HelpdeskSettings settings, TimeProvider time)
    {
        (folder, signedFolder, this.time) = (PrivateFile.Folder(settings.Data), settings.Issued ?? Path.Combine(settings.Data, "signed"), time);
        revocations = new(settings.RevocationList, settings.Revoke);
        foreach (var part in Parts.Select(part => Path.Combine(folder, part)).Append(signedFolder))
            PrivateFile.Folder(part);
    }

    /// <summary>The kit's record; an empty one for a kit that nobody has heard of.</summary>
    /// <exception cref="InvalidDataException">The file is damaged; names it.</exception>
    public KitRecord Read(KitId kit) => ReadFile(RecordFile(kit)) ?? new(kit.ToString());

    /// <summary>Every kit that has a record or a link, by name.</summary>
    public IReadOnlyList<KitId> Kits() =>
    [
        .. Files().Select(file => Path.GetFileNameWithoutExtension(file)).Distinct().Where(name => KitId.TryParse(name, out _)).Order(StringComparer.Ordinal).Select(KitId.Parse),
    ];

    /// <summary>Whether the kit has a code, a certificate or a link, or ever had one of the first two.</summary>
    public bool Knows(KitId kit) => Read(kit).IsKnown || File.Exists(LinkFile(kit));

    /// <summary>Tries all that the service needs here, so that it is told at its start what a kit would meet.</summary>
    /// <exception cref="InvalidDataException">Names what cannot be used.</exception>
    public async Task Check(CancellationToken ct)
    {
        revocations.Check();
        try
        {
            foreach (var part in Parts.Select(part => Path.Combine(folder, part)).Append(folder).Append(signedFolder))
                PrivateFile.Try(part);
            await using var held = await Lock(ct);
            foreach (var file in Files())
                File.OpenRead(file).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(HelpdeskWords.Say("data.unusable", ("folder", folder), ("reason", e.Message)), e);
        }
    }

    /// <summary>Changes a kit's record; nobody else changes any meanwhile.</summary>
    public async Task<T> Change<T>(KitId kit, Func<KitRecord, (KitRecord Next, T Answer)> change, CancellationToken ct)
    {
        await using var held = await Lock(ct);
        var before = Read(kit);
        var (next, answer) = change(before);
        if (next != before)
            PrivateFile.Write(RecordFile(kit), JsonSerializer.SerializeToUtf8Bytes(next, RegisterJson.Default.KitRecord));
        return answer;
    }

    /// <summary>Keeps a certificate that was signed.</summary>
    public void Keep(X509Certificate2 signed) => PrivateFile.Write(SignedFile(signed.SerialNumber), Encoding.ASCII.GetBytes(signed.ExportCertificatePem() + "\n"));

    /// <summary>A certificate that was signed.</summary>
    public X509Certificate2 Signed(string serial) => X509Certificate2.CreateFromPem(File.ReadAllText(SignedFile(serial)));

    /// <summary>Whether the certificate was revoked, by the kit's record or by the broker's own list.</summary>
    public bool IsRevoked(KitRecord record, X509Certificate2 certificate) =>
        record.IsRevoked(certificate.SerialNumber) || revocations.Have(certificate);

    /// <summary>Revokes all that the kit has, forgets its code and its link, and tells the broker's authority, each time anew: it may have failed before.</summary>
    /// <returns>How many certificates were revoked by this, and what the broker's authority said when it did not do its part.</returns>
    public async Task<(int Count, string? Trouble)> Revoke(KitId kit, CancellationToken ct)
    {
        var count = await Change(kit, before => RevokeAll(kit, before), ct);
        return (count, await TellBroker(kit, ct));
    }

    /// <summary>The same, asked by the kit itself: the broker's authority, which restarts the broker, is told once.</summary>
    /// <param name="kit">The kit.</param>
    /// <param name="shown">Its certificate; the register learns it here when it was made by hand.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>0 certificates when this one was revoked already.</returns>
    public async Task<(int Count, string? Trouble)> Retire(KitId kit, X509Certificate2 shown, CancellationToken ct)
    {
        var count = await Change(kit, before =>
            IsRevoked(before, shown) ? (before, 0)
            : RevokeAll(kit, before.Knows(shown.SerialNumber) ? before : before.Add(SignedCertificate.Of(shown))), ct);
        return (count, count > 0 ? await TellBroker(kit, ct) : null);
    }

    /// <summary>Has the broker's authority do its part for a kit that was revoked, and remembers when it has.</summary>
    /// <returns>What it said when it did not; null when it did.</returns>
    public async Task<string?> TellBroker(KitId kit, CancellationToken ct)
    {
        var trouble = await revocations.TellBroker(kit, ct);
        if (trouble is null)
            await Change(kit, before => (before with { UntoldSince = null }, 0), CancellationToken.None); // done is done, whoever still waits for it
        return trouble;
    }

    /// <summary>The kit's room and link; null when none was set.</summary>
    public RoomLink? Link(KitId kit) => File.Exists(LinkFile(kit)) ? RoomLink.Parse(File.ReadAllBytes(LinkFile(kit))) : null;

    /// <summary>Sets the kit's room and link; null takes them away.</summary>
    public void SetLink(KitId kit, RoomLink? link)
    {
        if (link is null)
            PrivateFile.Delete(LinkFile(kit));
        else
            PrivateFile.Write(LinkFile(kit), link.ToJson());
    }

    private (KitRecord, int) RevokeAll(KitId kit, KitRecord before)
    {
        PrivateFile.Delete(LinkFile(kit));
        return (before.Revoke(time.GetUtcNow()), before.Certificates.Count(c => c.Revoked is null));
    }

    private IEnumerable<string> Files() => Parts.SelectMany(part => Directory.EnumerateFiles(Path.Combine(folder, part), "*.json"));

    private string RecordFile(KitId kit) => Path.Combine(folder, "kits", $"{kit}.json");

    private string LinkFile(KitId kit) => Path.Combine(folder, "links", $"{kit}.json");

    private string SignedFile(string serial) => Path.Combine(signedFolder, serial + ".pem");

    private static KitRecord? ReadFile(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), RegisterJson.Default.KitRecord) : null;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: is damaged; put it back from the backup, or take it away and give the kit a new code", e);
        }
    }

    // The lock of the file is the kernel's: it goes with the process that held it.
    private async Task<FileStream> Lock(CancellationToken ct)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return PrivateFile.Open(Path.Combine(folder, "lock"));
            }
            catch (IOException) when (time.GetElapsedTime(start) < Patience)
            {
                await Task.Delay(Pause, time, ct);
            }
        }
    }
}
