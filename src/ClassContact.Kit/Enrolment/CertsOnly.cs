using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClassContact.Kit.Enrolment;

/// <summary>The certificates in a PKCS#7 that holds nothing else (RFC 5652, 5.1; RFC 7030, 4.1.3). Nothing of it is trusted by being read.</summary>
internal static class CertsOnly
{
    private const string SignedData = "1.2.840.113549.1.7.2";
    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Reads them.</summary>
    /// <exception cref="CryptographicException">It is no such thing.</exception>
    public static IReadOnlyList<X509Certificate2> Read(byte[] bytes)
    {
        try
        {
            var info = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
            if (info.ReadObjectIdentifier() != SignedData)
                throw new CryptographicException("no signed data");
            var signed = info.ReadSequence(Zero).ReadSequence();
            signed.ReadInteger(); // version
            signed.ReadSetOf(); // digest algorithms
            signed.ReadSequence(); // content
            var certificates = signed.ReadSetOf(skipSortOrderValidation: true, Zero);
            var found = new List<X509Certificate2>();
            while (certificates.HasData)
                found.Add(X509CertificateLoader.LoadCertificate(certificates.ReadEncodedValue().Span));
            return found;
        }
        catch (AsnContentException e)
        {
            throw new CryptographicException("no PKCS#7 with certificates alone", e);
        }
    }
}
