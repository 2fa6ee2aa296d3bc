using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;
using ClassContact.Helpdesk.Authority;

namespace ClassContact.Helpdesk.Register;

/// <summary>A certificate that was signed; the certificate itself lies beside the register under its serial number.</summary>
/// <param name="Serial">In hexadecimal, as openssl writes it.</param>
/// <param name="At">When it was signed.</param>
/// <param name="Until">Its end.</param>
/// <param name="Key">Fingerprint of its key.</param>
/// <param name="Revoked">When it was revoked; null while it was not.</param>
internal sealed record SignedCertificate(string Serial, DateTimeOffset At, DateTimeOffset Until, string Key, DateTimeOffset? Revoked = null)
{
    /// <summary>What the register keeps of a certificate that another signer made.</summary>
    public static SignedCertificate Of(X509Certificate2 certificate) => new(
        certificate.SerialNumber, certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime(),
        KitKeyRequest.FingerprintOf(certificate.PublicKey));
}

/// <summary>What the service knows of one kit. Holds no secret: the meeting's link lies in a file of its own.</summary>
/// <param name="Kit">The kit's name.</param>
/// <param name="Code">The last one-time code; null when there never was one.</param>
/// <param name="Certificates">All certificates ever signed for it, oldest first.</param>
/// <param name="UntoldSince">When it was revoked and the broker has not been told yet; null once it has.</param>
internal sealed record KitRecord(
    string Kit, OneTimeCode? Code = null, IReadOnlyList<SignedCertificate>? Certificates = null, DateTimeOffset? UntoldSince = null)
{
    /// <summary>All certificates ever signed for it, oldest first.</summary>
    public IReadOnlyList<SignedCertificate> Certificates { get; } = Certificates ?? [];

    /// <summary>With one certificate more.</summary>
    public KitRecord Add(SignedCertificate signed) => With([.. Certificates, signed]);

    /// <summary>With every certificate revoked, and no code left that could make another. The broker is still to be told.</summary>
    public KitRecord Revoke(DateTimeOffset now) =>
        With([.. Certificates.Select(c => c.Revoked is null ? c with { Revoked = now } : c)]) with { Code = null, UntoldSince = now };

    /// <summary>Whether the kit was ever given a code or a certificate.</summary>
    [JsonIgnore]
    public bool IsKnown => Code is not null || Certificates.Count > 0;

    /// <summary>Whether the broker still lets in what was revoked. It knows nothing of a kit that had no certificate, and lets none in that has ended.</summary>
    public bool IsUntold(DateTimeOffset now) => UntoldSince is not null && Certificates.Any(c => c.Revoked is not null && c.Until > now);

    /// <summary>The newest certificate that was not revoked; null when there is none.</summary>
    public SignedCertificate? Newest => Certificates.LastOrDefault(c => c.Revoked is null);

    /// <summary>Whether the certificate of this serial number was revoked. One that the register does not know was not: a backup may be a day old.</summary>
    public bool IsRevoked(string serial) => Certificates.Any(c => c.Serial.Equals(serial, StringComparison.OrdinalIgnoreCase) && c.Revoked is not null);

    /// <summary>Whether the certificate of this serial number stands in the record.</summary>
    public bool Knows(string serial) => Certificates.Any(c => c.Serial.Equals(serial, StringComparison.OrdinalIgnoreCase));

    private KitRecord With(IReadOnlyList<SignedCertificate> certificates) => new(Kit, Code, certificates, UntoldSince);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KitRecord))]
internal sealed partial class RegisterJson : JsonSerializerContext;
