using System.Reflection;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tests.Keys;
using Xunit;

namespace ClassContact.Kit.Tests.Settings;

[SupportedOSPlatform("linux")]
public class MeetingLinkTests
{
    private static readonly string[] Allowed = ["www.vectera.com", "école.example", "localhost", "127.0.0.1", "::1"];

    private static Checked<MeetingLink> Read(string text, int mode = 0b110_000_000) => Read(Encoding.UTF8.GetBytes(text), mode);

    private static Checked<MeetingLink> Read(byte[] bytes, int mode = 0b110_000_000)
    {
        using var folder = new SettingsFolder();
        folder.Write("link", bytes);
        File.SetUnixFileMode(folder.File("link"), (UnixFileMode)mode);
        var read = MeetingLink.Read(folder.File("link"), Allowed);
        // Whatever is wrong with a link, nothing of it is told.
        Assert.All(read.Problems, p => Assert.DoesNotContain("SECRET", p.ToString(), StringComparison.OrdinalIgnoreCase));
        Assert.Equal(read.IsGood, read.Value is not null);
        return read;
    }

    private static string Revealed(string link, params (string Name, string Value)[] add) =>
        Read(link).Value!.Reveal(add.Select(a => KeyValuePair.Create(a.Name, a.Value)));

    [Theory]
    [InlineData(0b110_000_000, true)]
    [InlineData(0b100_000_000, true)]
    [InlineData(0b110_100_000, false)]
    [InlineData(0b110_010_000, false)]
    [InlineData(0b110_000_100, false)]
    [InlineData(0b110_100_100, false)]
    [InlineData(0b111_000_000, false)]
    public void Only_the_owner_may_be_able_to_read_the_link(int mode, bool good)
    {
        var read = Read("https://www.vectera.com/SECRET", mode);
        Assert.Equal(good, read.IsGood);
        if (!good)
            Assert.Contains("chmod 600 ", Assert.Single(read.Problems).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://www.vectera.com/meet/SECRET", "https://www.vectera.com")]
    [InlineData("HTTPS://WWW.VECTERA.COM/meet/SECRET", "https://www.vectera.com")]
    [InlineData("https://www.vectera.com:8443/SECRET", "https://www.vectera.com:8443")]
    [InlineData("https://www.vectera.com:443/SECRET", "https://www.vectera.com")]
    [InlineData("http://127.0.0.1:8080/SECRET", "http://127.0.0.1:8080")]
    [InlineData("http://[::1]:8080/SECRET", "http://[::1]:8080")]
    [InlineData("http://localhost/SECRET", "http://localhost")]
    [InlineData("https://école.example/SECRET", "https://xn--cole-9oa.example")]
    [InlineData("https://xn--cole-9oa.example/SECRET", "https://xn--cole-9oa.example")]
    [InlineData(" https://www.vectera.com/SECRET \r\n\r\n", "https://www.vectera.com")]
    [InlineData("\uFEFFhttps://www.vectera.com/SECRET\r\n", "https://www.vectera.com")]
    public void A_web_address_on_an_allowed_host_is_taken(string text, string origin)
    {
        var link = Read(text).Value!;
        Assert.Equal(origin, link.Origin);
        Assert.EndsWith("SECRET", link.Reveal([]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" \r\n", "is empty")]
    [InlineData("SECRET", "does not hold a web address")]
    [InlineData("www.vectera.com/SECRET", "does not hold a web address")]
    [InlineData("/meet/SECRET", "does not hold a web address")]
    [InlineData("https:///SECRET", "does not hold a web address")]
    [InlineData("javascript:alert('SECRET')", "does not hold a web address")]
    [InlineData("https://www.vectera.com/SECRET 2", "must hold one address and nothing else")]
    [InlineData("https://www.vectera.com/SECRET\nhttps://www.vectera.com/SECRET2", "must hold one address and nothing else")]
    [InlineData("# the link\nhttps://www.vectera.com/SECRET", "must hold one address and nothing else")]
    [InlineData("http://www.vectera.com/SECRET", "must hold an https address")]
    [InlineData("http://127.0.0.1.example.org/SECRET", "must hold an https address")]
    [InlineData("ftp://www.vectera.com/SECRET", "must hold an https address")]
    [InlineData("wss://www.vectera.com/SECRET", "must hold an https address")]
    [InlineData("https://teacher:SECRET@www.vectera.com/", "must hold an address without a user name or a password")]
    [InlineData("https://www.vectera.com@SECRET.example/", "must hold an address without a user name or a password")]
    [InlineData("https://SECRET.example/", "leads to a host that the meeting's description does not allow")]
    [InlineData("https://vectera.com/SECRET", "leads to a host that the meeting's description does not allow")]
    [InlineData("https://www.vectera.com.SECRET.example/", "leads to a host that the meeting's description does not allow")]
    [InlineData("https://www.vecterа.com/SECRET", "leads to a host that the meeting's description does not allow")] // a Cyrillic а
    public void Anything_else_is_refused_in_words_that_give_nothing_away(string text, string problem) =>
        Assert.StartsWith(problem, Assert.Single(Read(text).Problems).Text, StringComparison.Ordinal);

    [Fact]
    public void A_link_that_is_far_too_long_is_refused() =>
        Assert.Equal("is longer than 2048 bytes", Assert.Single(Read("https://www.vectera.com/" + new string('S', 2048)).Problems).Text);

    [Fact]
    public void A_file_that_is_no_text_is_refused() => Assert.Single(Read([0xff, 0x00, 0x53, 0x00, 0xfe, 0xc3]).Problems);

    [Fact]
    public void A_file_that_cannot_be_read_says_why()
    {
        using var folder = new SettingsFolder();
        Assert.Equal("does not exist", Assert.Single(MeetingLink.Read(folder.File("no"), Allowed).Problems).Text);
        Assert.Equal("is a folder, not a file", Assert.Single(MeetingLink.Read(folder.Path, Allowed).Problems).Text);
        File.SetUnixFileMode(folder.File("link"), UnixFileMode.None); // not for its owner either, when that is who runs this
        Assert.Equal("may not be read by this user", Assert.Single(PipeKeyboard.AsNobody(() => MeetingLink.Read(folder.File("link"), Allowed)).Problems).Text);
    }

    [Theory]
    [InlineData("https://www.vectera.com/m", "https://www.vectera.com/m?share=audiovideo&displayName=Classe%20%26%20%C3%A9l%C3%A8ve")]
    [InlineData("https://www.vectera.com/m?key=x", "https://www.vectera.com/m?key=x&share=audiovideo&displayName=Classe%20%26%20%C3%A9l%C3%A8ve")]
    [InlineData("https://www.vectera.com/m?displayName=", "https://www.vectera.com/m?displayName=&share=audiovideo")]
    [InlineData("https://www.vectera.com/m?displayName", "https://www.vectera.com/m?displayName&share=audiovideo")]
    [InlineData("https://www.vectera.com/m?displayName=A+b&share=none#top?share", "https://www.vectera.com/m?displayName=A+b&share=none#top?share")]
    [InlineData("https://www.vectera.com/m?displayName=a?b&share==#f", "https://www.vectera.com/m?displayName=a?b&share==#f")]
    public void Parameters_are_added_and_those_that_are_there_stay(string link, string whole) =>
        Assert.Equal(whole, Revealed(link, ("share", "audiovideo"), ("displayName", "Classe & élève")));

    [Theory]
    [InlineData("https://www.vectera.com/meet/a%2Fb/?key=x%2By+z&&b=%3f&=c&?d#frag%20ment")]
    [InlineData("https://www.vectera.com/m??key=x")]
    [InlineData("https://www.vectera.com/m?")]
    [InlineData("https://www.vectera.com/a/../b/./c//d")]
    public void A_link_to_which_nothing_is_added_stays_as_a_browser_would_take_it(string link) =>
        Assert.Equal(link.Replace("/a/../b/./", "/b/", StringComparison.Ordinal), Revealed(link));

    [Fact]
    public void A_link_has_no_text_form_but_the_one_for_the_browser()
    {
        const string secret = "https://www.vectera.com/SECRETpath/?key=SECRETkey#SECRETfragment";
        using var folder = new SettingsFolder();
        folder.WriteLink(secret);
        var setup = Setup.Read(folder.File("kit.json"));
        var link = setup.Value!.Link;
        // What loggers do: text forms, properties one by one as destructuring does, JSON, a debugger's display.
        string[] texts =
        [
            link.ToString(), $"{link} {setup} {setup.Value}", string.Format(null, "{0}", link), JsonSerializer.Serialize(link), JsonSerializer.Serialize(setup),
            .. link.GetType().GetProperties().Select(p => $"{p.GetValue(link)}"),
            .. link.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance).Select(f => $"{f.GetValue(link)}"),
        ];
        Assert.All(texts, text => Assert.DoesNotContain("SECRET", text, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(link.GetType().GetCustomAttributes<System.Diagnostics.DebuggerDisplayAttribute>());
        Assert.Equal(secret, link.Reveal([]));
    }
}
