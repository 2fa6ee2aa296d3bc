using System.Security.Cryptography;
using System.Text;

namespace ClassContact.Helpdesk.Register;

/// <summary>What became of a typed code.</summary>
internal enum CodeVerdict
{
    /// <summary>It is not the kit's.</summary>
    Wrong,

    /// <summary>It is right; sign this key.</summary>
    Right,

    /// <summary>It is right and was used with this very key: the first answer may have been lost, so it is given again.</summary>
    Again,

    /// <summary>It is right, and was used with another key.</summary>
    Used,

    /// <summary>It is right, and too late.</summary>
    Expired,

    /// <summary>It is right, after too many wrong ones.</summary>
    Blocked,
}

/// <summary>A typed code, hashed as the kept one was.</summary>
/// <param name="Salt">Of the kept one; null when there was none.</param>
/// <param name="Hash">PBKDF2.</param>
internal sealed record TypedCode(string? Salt, byte[] Hash);

/// <summary>A code that lets one kit enrol once. Only its hash is kept; whoever does not hold it learns nothing about it.</summary>
/// <param name="Salt">Random, base64.</param>
/// <param name="Hash">PBKDF2 of the code, base64.</param>
/// <param name="Expires">After this it is of no use.</param>
/// <param name="Wrong">So many wrong codes were tried since it was made.</param>
/// <param name="UsedBy">Fingerprint of the key it was used with; null while it was not.</param>
internal sealed record OneTimeCode(string Salt, string Hash, DateTimeOffset Expires, int Wrong = 0, string? UsedBy = null)
{
    /// <summary>So many wrong tries block it: more than anybody types, so that a stranger who knows a kit's name does not block it in passing.</summary>
    public const int MostWrong = 100;

    // Crockford's base 32: no I, L, O, U. Eight symbols are 40 bits; a hundred tries find it with a chance of 1 in 10^10.
    private const string Symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 8;

    // A stolen register should not give the codes away before they expire: 2^40 tries at some 0.05 s each.
    private const int Rounds = 200_000;

    /// <summary>Makes one.</summary>
    /// <returns>The code as somebody types it, <c>XXXX-XXXX</c>, and what is kept of it.</returns>
    public static (string Text, OneTimeCode Kept) Make(DateTimeOffset expires)
    {
        var code = RandomNumberGenerator.GetString(Symbols, Length);
        var salt = RandomNumberGenerator.GetBytes(16);
        return ($"{code[..4]}-{code[4..]}", new(Convert.ToBase64String(salt), Convert.ToBase64String(HashOf(code, salt)), expires));
    }

    /// <summary>Hashes a typed code, some 0.05 s. With no kept code at all it takes as long.</summary>
    public static TypedCode Typed(OneTimeCode? kept, string typed) =>
        new(kept?.Salt, HashOf(Normal(typed), kept is null ? new byte[16] : Convert.FromBase64String(kept.Salt)));

    /// <summary>Judges a typed code for a key, and says what is to be kept afterwards. One that was hashed for an older code is wrong.</summary>
    public static (CodeVerdict Verdict, OneTimeCode? Next) Try(OneTimeCode? kept, TypedCode typed, string key, DateTimeOffset now)
    {
        if (kept is null)
            return (CodeVerdict.Wrong, null);
        if (kept.Salt != typed.Salt || !CryptographicOperations.FixedTimeEquals(typed.Hash, Convert.FromBase64String(kept.Hash)))
            return (CodeVerdict.Wrong, kept with { Wrong = Math.Min(kept.Wrong + 1, MostWrong) });
        return kept switch
        {
            { Wrong: >= MostWrong } => (CodeVerdict.Blocked, kept),
            _ when now >= kept.Expires => (CodeVerdict.Expired, kept),
            { UsedBy: null } => (CodeVerdict.Right, kept with { UsedBy = key }),
            { UsedBy: var used } => (used == key ? CodeVerdict.Again : CodeVerdict.Used, kept),
        };
    }

    /// <summary>The code without what people add or confuse: dashes, spaces, small letters, O for 0, I and L for 1.</summary>
    internal static string Normal(string typed) => new(
        [.. typed.Where(c => c is not ('-' or ' ')).Take(2 * Length).Select(c => char.ToUpperInvariant(c) switch { 'O' => '0', 'I' or 'L' => '1', var up => up })]);

    private static byte[] HashOf(string code, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(code), salt, Rounds, HashAlgorithmName.SHA256, 32);
}
