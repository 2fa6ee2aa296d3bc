using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using ClassContact.Kit.Bundle;

namespace ClassContact.Kit.Tests.Bundle;

/// <summary>A kit's folders with secrets in every place, and programs of the system that tell some more. Only these programs are stand-ins: a test can write into no journal.</summary>
[SupportedOSPlatform("linux")]
internal sealed class PlantedKit : IDisposable
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    internal const string Link = "https://meet.example.org/famille-Dupont/Xq7Zt9Lw?key=h4%2FPs9vT";
    internal const string NewLink = "https://meet.example.org/salle/NewLnk88#t0ken";
    internal const string Login = "ecole17:Tr0ub4dour&Cie";
    internal const string WifiName = "Wifi-Des-Profs";
    internal const string WifiPassword = "marguerite-2026";
    internal const string EnvironmentLogin = "jdupont:Pa55-du-Proxy";
    internal const string KeyLine = "MHcCAQEEIPl4ntedK3yOfThisK1tThatNobodyMaySeeEverAgainQ0q7oUQDQgAE";
    internal const string NextKeyLine = "MHcCAQEEIPl4nted4nextK3yThatC0mesAfterTheFirstOneWasRenewedByEstQ0q";
    private static readonly byte[] DoorKey = [.. Enumerable.Range(0, 32).Select(i => (byte)(0xd0 + (7 * i)))];
    private static readonly byte[] NetworkKey = [.. Enumerable.Range(0, 32).Select(i => (byte)(0x3a + (11 * i)))];

    private readonly string folder = Directory.CreateTempSubdirectory("classcontact-bundle-").FullName;

    internal PlantedKit()
    {
        foreach (var below in new[] { "data/identity", "data/lessons", "logs", "bin", "networks" })
            Directory.CreateDirectory(In(below));
        Private("link", Link + "\n");
        Private("data/link.new", $$"""{"room":"6e A","link":"{{NewLink}}"}""");
        Private("login", Login + "\n");
        Private("data/identity/kit.key", $"-----BEGIN PRIVATE KEY-----\n{KeyLine}\n-----END PRIVATE KEY-----\n");
        Private("data/identity/next.key", $"-----BEGIN PRIVATE KEY-----\n{NextKeyLine}\n-----END PRIVATE KEY-----\n");
        Private("data/identity/door.key", DoorKey);
        Private("data/network-key", NetworkKey);
        File.WriteAllText(In("networks/home.nmconnection"), $"[wifi]\nssid={WifiName}\n[wifi-security]\npsk={WifiPassword}\n");
        Nmcli("case \"$*\" in *uuid*) echo Ecole-Wifi-2;; *) printf '802-11-wireless:5fb06bd0-0bb0-7ffb-45f1-d6edd65f3e03:Profil:Salle-4\\n802-3-ethernet:71a6a3d2-1c8d-4a0c-9d5a-0c5a4f1b2e10:Wired\\n';; esac");
        Settings();
    }

    internal string SettingsFile => In("kit.json");

    /// <summary>Every secret, as it must not be found.</summary>
    internal static IEnumerable<string> Secrets =>
    [
        Link, "famille-Dupont", "Xq7Zt9Lw", "h4%2FPs9vT", "h4/Ps9vT", "meet.example.org", NewLink, "NewLnk88", "t0ken", Login, "ecole17", "Tr0ub4dour&Cie", WifiName, WifiPassword,
        "Ecole-Wifi-2", "Profil:Salle-4", "jdupont", "Pa55-du-Proxy", "proxy.ecole.example", KeyLine, NextKeyLine,
        .. new[] { DoorKey, NetworkKey }.SelectMany(key => new[] { Convert.ToHexString(key), Convert.ToBase64String(key) }),
    ];

    internal string In(string path) => Path.Combine(folder, path);

    internal void Settings(Action<JsonObject>? change = null, string? instead = null)
    {
        var settings = new JsonObject
        {
            ["kit"] = "kit-1", ["school"] = "École des Tilleuls", ["room"] = "5e B, local 12",
            ["meeting"] = new JsonObject { ["description"] = "nowhere.json", ["linkFile"] = "link" },
            ["broker"] = new JsonObject
            {
                ["host"] = "broker.classcontact.example", ["tls"] = new JsonObject { ["keyFile"] = "data/identity/kit.key", ["certificateFile"] = "crt" },
                ["way"] = "proxy", ["proxy"] = "http://proxy.ecole.example:3128", ["proxyLoginFile"] = "login",
            },
            ["camera"] = new JsonObject { ["name"] = "Meeting Owl" },
            ["folders"] = new JsonObject { ["run"] = "run", ["kiosk"] = "kiosk", ["logs"] = "logs", ["data"] = "data" },
        };
        change?.Invoke(settings);
        File.WriteAllText(SettingsFile, instead ?? settings.ToJsonString());
    }

    internal void Private(string name, string text) => Private(name, Encoding.UTF8.GetBytes(text));

    private void Private(string name, byte[] bytes)
    {
        File.WriteAllBytes(In(name), bytes);
        File.SetUnixFileMode(In(name), OwnerAlone);
    }

    internal void Nmcli(string script) => Program("nmcli", script);

    internal string Program(string name, string script)
    {
        File.WriteAllText(In($"bin/{name}"), $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(In($"bin/{name}"), OwnerAlone | UnixFileMode.UserExecute);
        return In($"bin/{name}");
    }

    /// <summary>A journal with these messages.</summary>
    internal string Journal(params string[] messages)
    {
        File.WriteAllLines(In("journal"), messages.Select((text, i) => new JsonObject
        {
            ["__REALTIME_TIMESTAMP"] = $"{1795290000000000 + i}", ["_SYSTEMD_UNIT"] = "classcontact-agent.service", ["PRIORITY"] = "6", ["MESSAGE"] = text, ["_HOSTNAME"] = "pc-of-anna",
        }.ToJsonString()));
        return Program("journalctl", $"for one; do case $one in --lines=*) most=${{one#--lines=}};; esac; done; exec tail -n $most {In("journal")}");
    }

    internal BundleMaker Maker(string journalctl = "/nowhere/journalctl", JsonNode? status = null, int limit = BundleMaker.Usual, TimeProvider? time = null, TimeSpan? journalMayTake = null) =>
        new(SettingsFile, new("0.1.0+test", "libraries", status), time ?? TimeProvider.System)
        {
            LimitBytes = limit, Journal = new(TimeProvider.System) { Program = journalctl, Deadline = journalMayTake ?? TimeSpan.FromSeconds(30) },
            Around = new(TimeProvider.System)
            {
                Wifi = new(TimeProvider.System) { Nmcli = In("bin/nmcli"), Folders = [In("networks")] },
                Variable = name => name == "https_proxy" ? $"http://{EnvironmentLogin}@proxy.ecole.example:3128" : null,
            },
        };

    /// <summary>What is in a bundle, by name without the folder above.</summary>
    internal static Dictionary<string, string> Unpack(byte[] bundle)
    {
        var found = new Dictionary<string, string>();
        using var tar = new TarReader(new GZipStream(new MemoryStream(bundle), CompressionMode.Decompress));
        while (tar.GetNextEntry(copyData: true) is { } entry)
        {
            var parts = entry.Name.Split('/', 2);
            using var reader = new StreamReader(entry.DataStream ?? Stream.Null, Encoding.UTF8);
            found.Add(parts[1], reader.ReadToEnd());
        }
        return found;
    }

    /// <summary>Every byte of the unpacked tar: names and owners, too.</summary>
    internal static string Bytes(byte[] bundle)
    {
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(bundle), CompressionMode.Decompress))
            gzip.CopyTo(plain);
        return Encoding.UTF8.GetString(plain.ToArray());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
