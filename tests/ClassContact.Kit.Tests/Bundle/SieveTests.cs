using System.Text;
using System.Text.Json.Nodes;
using ClassContact.Kit.Bundle;
using Xunit;

namespace ClassContact.Kit.Tests.Bundle;

public sealed class SieveTests
{
    private const string Password = "Sésame+ouvre/toi 42";
    private static readonly Sieve Sieve = new([new("proxy-login", Password), new("meeting-link", "https://meet.example.org/r/Xy7-Kq?key=a%2Fb")]);

    public static TheoryData<string> Forms =>
    [
        Password, Password.ToUpperInvariant(), Uri.EscapeDataString(Password), Uri.EscapeDataString(Uri.EscapeDataString(Password)), Password.Replace(' ', '+'),
        "S\\u00e9same+ouvre\\/toi 42", "S&eacute;same+ouvre/toi&#32;42", "S é s a m e + o u v r e / t o i 4 2",
        Base64(Password), Base64("x" + Password), Base64("xy" + Password + "z"), Base64(Password).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        string.Concat(Encoding.UTF8.GetBytes(Password).Select(b => $"\\x{b:x2}")), BitConverter.ToString(Encoding.UTF8.GetBytes(Password)).Replace('-', ':').ToLowerInvariant(),
        Base64($"kit:{Password}"), Convert.ToHexString(Encoding.UTF8.GetBytes(Password)), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Password)),
        "https://meet.example.org/r/Xy7-Kq?key=a%2Fb", "HTTPS%3A%2F%2FMEET.EXAMPLE.ORG%2FR%2FXY7-KQ%3FKEY%3DA%252FB", "https:\\/\\/meet.example.org\\/r\\/Xy7-Kq?key=a\\u00252Fb",
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_line_that_holds_a_secret_in_whatever_form_is_left_out_and_says_of_what_kind(string form) =>
        Assert.Matches(@"^\[left out: (proxy-login|meeting-link)\]$", Sieve.Clean($"before {form} after"));

    [Theory]
    [MemberData(nameof(Forms))]
    public void One_that_is_spread_over_lines_takes_all_of_them_along_and_no_other(string form)
    {
        foreach (var at in new[] { form.Length / 3, form.Length / 2, form.Length - 4 })
        {
            var cleaned = Sieve.Lines(["first", $"a {form[..at]}", form[at..] + " b", "last"]);
            Assert.Equal(["first", "last"], [cleaned[0], cleaned[3]]);
            Assert.All(cleaned[1..3], line => Assert.StartsWith("[left out: ", line, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void One_letter_a_line_is_found_too()
    {
        var cleaned = Sieve.Lines([.. Password.Select(letter => $"{letter}"), "last"]);
        Assert.Equal("last", cleaned[^1]);
        Assert.All(cleaned[..^1], line => Assert.Equal("[left out: proxy-login]", line));
    }

    [Fact]
    public void Of_a_long_secret_a_part_is_enough()
    {
        var key = string.Concat(Enumerable.Range(0, 1000).Select(i => (char)('a' + i * i % 26)));
        Assert.Equal("[left out: key]", new Sieve([new("key", key)]).Clean($"…{key[300..460]}…"));
    }

    [Theory]
    [InlineData("cut with Sésame+ouvre/…")]
    [InlineData("cut with https://meet.example.org/r/…")]
    [InlineData("cut with U8Opc2FtZStvdXZyZS90…")]
    [InlineData("cut with 53c3a973616d652b6f757672652f…")]
    public void One_that_was_cut_is_found_by_its_half(string line) => Assert.StartsWith("[left out: ", Sieve.Clean(line), StringComparison.Ordinal);

    [Fact]
    public void Half_of_a_long_secret_that_was_cut_is_enough() =>
        Assert.Equal("[left out: key]", new Sieve([new("key", string.Concat(Enumerable.Range(0, 100).Select(i => (char)('a' + i * i % 26))))]).Clean($"{string.Concat(Enumerable.Range(0, 40).Select(i => (char)('a' + i * i % 26)))}…"));

    [Theory]
    [InlineData("host-name", "classcontact-salle-12", "the unit classcontact-agent.service")]
    [InlineData("meeting-link", "classcontact.example.org", "the unit classcontact.service")]
    [InlineData("ip-address", "192.168.1.117", "a net 192.168.x.y")]
    public void A_half_that_stands_in_many_a_text_is_no_secret(string kind, string secret, string line) => Assert.Equal(line, new Sieve([new(kind, secret)]).Clean(line));

    [Fact]
    public void Of_a_line_beyond_all_measure_the_beginning_is_told_and_no_half_address()
    {
        var words = string.Concat(Enumerable.Repeat("word ", 3000));
        Assert.Equal(words[..(Sieve.LongestLine - Sieve.LongestLine % 5)] + "[left out: long-line]", Sieve.Clean(words));
        Assert.Equal("[left out: long-line]", Sieve.Clean(new string('x', 48_000)));
        Assert.Equal("[left out: proxy-login]", Sieve.Clean(words + Password));
    }

    [Fact]
    public void It_stops_between_two_lines() =>
        Assert.ThrowsAny<OperationCanceledException>(() => Sieve.Lines(["a", "b"], new CancellationToken(canceled: true)));

    [Theory]
    [InlineData("way 192.168.1.17:8883 lost", "way [address]:8883 lost")]
    [InlineData("from 2a02:1810:4e13::1f to fe80::1%eth0", "from [address] to [address]%eth0")]
    [InlineData("card 3c:52:82:5f:00:1a", "card [address]")]
    [InlineData("card 3c52.825f.001a", "card [address]")]
    [InlineData("see https://www.example.org/x?y=1 now", "see [address] now")]
    [InlineData("mail anna.peeters@school.example.be", "mail [address]")]
    [InlineData("net 10%2E0%2E0%2E7", "[left out: address]")]
    [InlineData("addr:fe80::1 and stun:2001:db8::5, no way to 2001:db8::6: timed out", "addr:[address] and stun:[address], no way to [address]: timed out")]
    [InlineData("x::fe80::1 on 2001:db8::7:12345", "x::[address] on [address]:12345")]
    [InlineData("listening on 127.0.0.1 and ::1, at 20:46:48 of 2026-11-21T20:46:48.123Z, version 10.0.14, usb 0b0e:0420", null)]
    [InlineData("   at System.Net.Http::Foo (a:b:c) in /src/X.cs:line 12", null)]
    public void Addresses_go_and_what_only_looks_like_one_stays(string line, string? expected) => Assert.Equal(expected ?? line, Sieve.Clean(line));

    [Theory]
    [InlineData("password=hunter2")]
    [InlineData("Mot de passe : hunter3")]
    [InlineData("wachtwoord=hunter4")]
    [InlineData("token=hunter5")]
    [InlineData("{\"Password\":\"hunter2\"}")]
    [InlineData("{\\\"api_key\\\": \\\"hunter2\\\"}")]
    [InlineData("Proxy-Authorization: Basic eA==")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----")]
    public void What_calls_itself_a_secret_is_believed(string line) => Assert.Equal("[left out: secret]", Sieve.Clean(line));

    [Fact]
    public void Of_a_document_the_texts_are_cleaned_and_the_rest_stays()
    {
        var cleaned = Sieve.Clean(JsonNode.Parse($$$"""{"a":["{{{Password}}}",7,null,true],"b":{"c":"good"}}"""));
        Assert.Equal("""{"a":["[left out: proxy-login]",7,null,true],"b":{"c":"good"}}""", cleaned!.ToJsonString());
    }

    [Fact]
    public void Without_a_secret_all_stays() => Assert.Equal(["a", "", "b"], new Sieve([]).Lines(["a", "", "b"]));

    // Seeded: the sieve is to end, and to hold, whatever comes.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Hostile_text_neither_breaks_it_nor_hides_a_secret(int seed)
    {
        const string Letters = "%&\\u;x41\ud83dé\0{\"0";
        var random = new Random(seed);
        for (var n = 0; n < 2000; n++)
        {
            var noise = string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => Letters[random.Next(Letters.Length)]));
            var cut = random.Next(noise.Length + 1);
            Assert.StartsWith("[left out: ", Sieve.Clean($"{noise[..cut].TrimEnd('%', '\\', '&', 'u', '0', '4', '1', 'x')} {Password} {noise[cut..]}"), StringComparison.Ordinal);
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
