using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClassContact.Messages.Enrolling;

/// <summary>
/// The code that opens a kit's technician's screen for one day: HOTP (RFC 4226) with HMAC-SHA256, whose counter is the number of the day. TOTP (RFC 6238) with a
/// step of one local day is just that. Needs no network on either side: the helpdesk computes it from its master key, the kit from its own secret.
/// </summary>
public static class DoorCode
{
    /// <summary>Digits of a code: five tries a day find it with a chance of 1 in 20 million.</summary>
    public const int Digits = 8;

    /// <summary>Bytes of the master key and of a kit's secret: as many as the hash has (RFC 4226, 4).</summary>
    public const int SecretLength = 32;

    private static readonly int FirstDay = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>A kit's secret, from the helpdesk's master key (HKDF, RFC 5869): whoever has one kit's knows nothing of another's.</summary>
    /// <exception cref="ArgumentException">The master key is not of <see cref="SecretLength"/>.</exception>
    public static byte[] SecretOf(byte[] master, KitId kit) =>
        master.Length == SecretLength ? HKDF.DeriveKey(HashAlgorithmName.SHA256, master, SecretLength, info: Encoding.UTF8.GetBytes($"classcontact door {kit}"))
        : throw new ArgumentException($"a master key has {SecretLength} bytes", nameof(master));

    /// <summary>The code of a day.</summary>
    public static string Of(byte[] secret, DateOnly day) => Hotp(secret, day.DayNumber - FirstDay);

    /// <summary>Whether somebody typed the code of the day, with or without spaces. Takes as long for a wrong one.</summary>
    public static bool IsRight(byte[] secret, DateOnly day, string typed) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Of(secret, day)), Encoding.UTF8.GetBytes(typed.Replace(" ", "", StringComparison.Ordinal)));

    /// <summary>RFC 4226, 5.3, with the hash of RFC 6238's second table.</summary>
    public static string Hotp(byte[] secret, long counter)
    {
        Span<byte> moving = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(moving, counter);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, moving, hash);
        var truncated = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & int.MaxValue;
        return (truncated % 100_000_000).ToString("D8", CultureInfo.InvariantCulture);
    }
}
