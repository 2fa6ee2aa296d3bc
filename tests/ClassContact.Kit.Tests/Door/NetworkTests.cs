using ClassContact.Kit.Door;
using ClassContact.Kit.Screen;
using Xunit;

namespace ClassContact.Kit.Tests.Door;

/// <summary>The lists are as nmcli 1.42.4 writes them; NetworkManager itself needs root and a system of its own, so a script stands in for its tool.</summary>
public sealed class NetworkTests : IDisposable
{
    private const string Rename = "connection modify id classcontact-wifi-new connection.id classcontact-wifi\n";
    private readonly string folder = Directory.CreateTempSubdirectory("classcontact-nmcli-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_list_has_each_network_once_ours_first_and_no_name_that_could_be_more_than_a_name()
    {
        var list = NetworkList.Read("""
             :40:WPA2:École
            *:78:WPA1 WPA2:prof\: \\salle
             :90:WPA2:École
             :55::Gare
             :30:WPA3:neuf
             :20:WPA2 802.1X:eduroam
             :20:WEP:vieux
             :99:WPA2: devant
             :99:WPA2:
             :x:WPA2:chiffre
            not a line
            """.Replace("\r", "", StringComparison.Ordinal));
        Assert.Equal(
            [
                new(@"prof: \salle", 78, WifiGuard.Password, true), new("École", 90, WifiGuard.Password, false), new("Gare", 55, WifiGuard.None, false),
                new("neuf", 30, WifiGuard.NewerPassword, false), new("eduroam", 20, WifiGuard.Other, false), new("vieux", 20, WifiGuard.Other, false),
            ],
            list);
    }

    [Theory]
    [InlineData("12345678", true)]
    [InlineData("a\"b\\c $d #e;  f!", true)]
    [InlineData("1234567", false)]
    [InlineData(" 12345678", false)]
    [InlineData("1234567é", false)]
    [InlineData("12345678\nquit", false)]
    public void A_password_is_what_WPA_takes(string text, bool isOne) => Assert.Equal(isOne, NetworkList.IsPassword(text));

    [Fact]
    public void A_profile_has_a_line_for_each_setting_and_nothing_else()
    {
        Assert.Equal(
            "nmcli save-confirmation no\nset 802-11-wireless.ssid École\nset 802-11-wireless-security.key-mgmt wpa-psk\nset 802-11-wireless-security.psk 12 345678\nsave persistent\nquit\n",
            NetworkList.Profile(new("École", 1, WifiGuard.Password, false), "12 345678"));
        Assert.DoesNotContain("security", NetworkList.Profile(new("Gare", 1, WifiGuard.None, false), ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Joining_tells_the_tool_name_and_password_on_its_input_alone_and_keeps_the_old_profile_until_the_new_one_works()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kit's system");
        StandIn("up) ;;");
        Assert.Equal(Mood.Ready, (await Join("password")).Mood);
        var asked = await File.ReadAllTextAsync(Path.Combine(folder, "asked"));
        Assert.DoesNotContain("password", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("École", asked, StringComparison.Ordinal);
        Assert.Contains("psk password", await File.ReadAllTextAsync(Path.Combine(folder, "read")), StringComparison.Ordinal);
        var (up, forget) = (asked.IndexOf("connection up id classcontact-wifi-new", StringComparison.Ordinal), asked.IndexOf("connection delete id classcontact-wifi\n", StringComparison.Ordinal));
        Assert.True(up > 0 && up < forget, asked);
    }

    [Fact]
    public async Task A_profile_that_works_is_never_forgotten_though_it_could_not_be_given_its_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kit's system");
        StandIn("modify) exit 10 ;;");
        Assert.Equal(Mood.Ready, (await Join("password")).Mood);
        var asked = await File.ReadAllTextAsync(Path.Combine(folder, "asked"));
        Assert.Contains(Rename, asked, StringComparison.Ordinal);
        Assert.DoesNotContain("connection delete id classcontact-wifi-new", asked[asked.IndexOf("connection up", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_profile_that_is_left_of_an_earlier_joining_becomes_ours_before_another_is_tried()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kit's system");
        StandIn("""classcontact-wifi) case "$*" in *" show "*) exit 10 ;; esac ;; up) exit 3 ;;""");
        Assert.Equal(Words.Of("fr")["door.network.not-joined"], (await Join("password")).Text);
        var asked = await File.ReadAllTextAsync(Path.Combine(folder, "asked"));
        var (renamed, tried) = (asked.IndexOf(Rename, StringComparison.Ordinal), asked.IndexOf(" edit ", StringComparison.Ordinal));
        Assert.True(renamed > 0 && renamed < tried, asked);
        Assert.DoesNotContain("delete", asked[..tried], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("up) echo 'Error: Connection activation failed: Secrets were required, but not provided' >&2; exit 4 ;;", "door.network.wrong-password")]
    [InlineData("up) echo 'Error: Timeout' >&2; exit 3 ;;", "door.network.not-joined")]
    [InlineData("edit) exit 1 ;;", "door.network.no-manager")]
    public async Task A_network_that_is_not_joined_leaves_the_old_profile(string deed, string words)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kit's system");
        StandIn(deed);
        Assert.Equal(Words.Of("fr")[words], (await Join("password")).Text);
        Assert.DoesNotContain("connection delete id classcontact-wifi\n", await File.ReadAllTextAsync(Path.Combine(folder, "asked")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_heard_and_what_is_no_password_is_not_tried()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kit's system");
        StandIn("up) ;;");
        Assert.Equal(Words.Of("fr")["door.unknown-value"], (await Join("password", "Elsewhere\nquit")).Text);
        Assert.Equal(Words.Of("fr")["door.network.not-a-password"], (await Join("short")).Text);
        Assert.DoesNotContain("connection", await File.ReadAllTextAsync(Path.Combine(folder, "asked")), StringComparison.Ordinal);
    }

    private async Task<DoorSaid> Join(string password, string network = "École")
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException();
        var section = new NetworkSection(Words.Of("fr"), TimeProvider.System) { Manager = new(TimeProvider.System) { Program = Path.Combine(folder, "nmcli") } }.Section();
        Assert.Equal(Mood.Ready, (await section.Deeds["network.look"](Word(), default)).Mood);
        Assert.Equal("École", section.View().Fields[0].Choices![0].Value);
        return await section.Deeds["network.join"](Word(("network", network), ("password", password)), default);
    }

    private static DoorWord Word(params (string Name, string Value)[] values) => new("any", values.ToDictionary(v => v.Name, v => v.Value));

    private void StandIn(string deed)
    {
        var path = Path.Combine(folder, "nmcli");
        File.WriteAllText(path, $"""
            #!/bin/sh
            cd {folder}
            echo "$@" >>asked
            case "$*" in *"wifi list"*) echo ' :80:WPA2:École'; exit 0 ;; esac
            for word; do case "$word" in {deed} esac; done
            case "$*" in *" edit "*) cat >read; echo "Connection 'x' successfully saved." ;; esac
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
