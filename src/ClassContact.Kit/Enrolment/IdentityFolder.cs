using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ClassContact.Kit.Network;
using ClassContact.Kit.Tools;
using ClassContact.Messages.Enrolling;
using ClassContact.Mqtt;

namespace ClassContact.Kit.Enrolment;

/// <summary>
/// The kit's key and certificate on disk. A new pair is made under other names and takes the old one's place once it is proven; of the two
/// renames a power cut can leave one undone, and <see cref="Recover"/> does it. The key never leaves the folder.
/// </summary>
/// <param name="data">The kit's private folder.</param>
public sealed class IdentityFolder(string data)
{
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string folder = Path.Combine(data, "identity");

    /// <summary>The files as the settings' <c>broker.tls</c> names them.</summary>
    public TlsFiles Files => new(CaFile, CertificateFile, KeyFile);

    /// <summary>The files of the pair that is to come.</summary>
    public TlsFiles NextFiles => new(CaFile, NextCertificate, NextKey);

    /// <summary>Whether the kit has enrolled here.</summary>
    public bool IsThere => File.Exists(CertificateFile) && File.Exists(KeyFile);

    /// <summary>Whether a code can open the kit's door.</summary>
    public bool HasDoorSecret => DoorSecret() is not null;

    /// <summary>Whether the key to come has a certificate already.</summary>
    internal bool IsNextSigned => File.Exists(NextCertificate);

    private string KeyFile => Path.Combine(folder, "kit.key");

    private string CertificateFile => Path.Combine(folder, "kit.crt");

    private string CaFile => Path.Combine(folder, "ca.crt");

    private string DoorFile => Path.Combine(folder, "door.key");

    private string NextKey => Path.Combine(folder, "next.key");

    private string NextCertificate => Path.Combine(folder, "next.crt");

    /// <summary>Ends what a power cut interrupted: the new key is in its place, its certificate not yet.</summary>
    public void Recover()
    {
        if (File.Exists(NextCertificate) && !File.Exists(NextKey) && File.Exists(KeyFile) && Pair(NextCertificate, KeyFile) is { } pair)
        {
            pair.Dispose();
            File.Move(NextCertificate, CertificateFile, overwrite: true);
        }
    }

    /// <summary>The present certificate with its key; null when there is none that fits together.</summary>
    public X509Certificate2? Current() => Pair(CertificateFile, KeyFile);

    /// <summary>The certificate that waits to be proven, with its key; null when there is none.</summary>
    public X509Certificate2? Next() => Pair(NextCertificate, NextKey);

    /// <summary>From when until when the present certificate is valid; null when there is none.</summary>
    internal Validity? Valid()
    {
        using var current = Current();
        return current is null ? null : Validity.Of(current);
    }

    /// <summary>The authorities that know the broker and the service.</summary>
    /// <exception cref="CryptographicException">The file holds none.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public X509Certificate2Collection Authorities() => ReadAuthorities(CaFile);

    /// <summary>The authorities of a PEM file.</summary>
    /// <exception cref="CryptographicException">The file holds none.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static X509Certificate2Collection ReadAuthorities(string file)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPem(File.ReadAllText(file));
        return found.Count > 0 ? found : throw new CryptographicException($"{file} holds no certificate");
    }

    /// <summary>The key that is to come: the one that a request was already made with, for its answer may have been lost, or a new one (P-256).</summary>
    public ECDsa TakeNextKey()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerReads | UnixFileMode.UserExecute);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(NextKey))
        {
            try
            {
                key.ImportFromPem(File.ReadAllText(NextKey));
                return key;
            }
            catch (Exception e) when (e is ArgumentException or CryptographicException)
            {
                // Nobody has a certificate for what cannot be read.
            }
        }
        WholeFile.Write(NextKey, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"), OwnerReads);
        return key;
    }

    /// <summary>Keeps the certificate that was signed for the key to come.</summary>
    public void KeepNext(X509Certificate2 signed) => WholeFile.Write(NextCertificate, Encoding.ASCII.GetBytes(signed.ExportCertificatePem() + "\n"));

    /// <summary>Keeps the authorities.</summary>
    public void KeepAuthorities(IEnumerable<X509Certificate2> authorities) =>
        WholeFile.Write(CaFile, Encoding.ASCII.GetBytes(string.Concat(authorities.Select(a => a.ExportCertificatePem() + "\n"))));

    /// <summary>The secret of the kit's door; null where there is none, or none that can be used: then no code opens it.</summary>
    internal byte[]? DoorSecret()
    {
        try
        {
            return File.ReadAllBytes(DoorFile) is { Length: DoorCode.SecretLength } secret ? secret : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps the secret of the kit's door.</summary>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    internal void KeepDoorSecret(byte[] secret)
    {
        if (DoorSecret() is not { } before || !before.AsSpan().SequenceEqual(secret))
            WholeFile.Write(DoorFile, secret, OwnerReads);
    }

    /// <summary>The new pair takes the old one's place. Key first: the new certificate beside it says how to go on (<see cref="Recover"/>).</summary>
    public void UseNext()
    {
        File.Move(NextKey, KeyFile, overwrite: true);
        File.Move(NextCertificate, CertificateFile, overwrite: true);
    }

    /// <summary>Forgets the pair to come. Key first: after a power cut in between, the certificate fits nothing.</summary>
    internal void DropNext()
    {
        File.Delete(NextKey);
        File.Delete(NextCertificate);
    }

    /// <summary>Deletes everything. Returns whether there was anything.</summary>
    public bool Wipe()
    {
        if (!Directory.Exists(folder))
            return false;
        Directory.Delete(folder, recursive: true);
        return true;
    }

    private static X509Certificate2? Pair(string certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
