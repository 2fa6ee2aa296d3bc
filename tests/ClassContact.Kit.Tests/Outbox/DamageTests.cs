using System.Security.Cryptography;
using System.Runtime.Versioning;
using ClassContact.Kit.Outbox;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ClassContact.Kit.Tests.Outbox;

[SupportedOSPlatform("linux")]
public sealed class DamageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("outbox-").FullName;

    private string Outbox => Path.Combine(folder, "outbox.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string, string> Ruins => new()
    {
        { "garbage", Damage.Garbage }, { "a text", Damage.Garbage }, { "truncated", Damage.Torn }, { "torn", Damage.Torn }, { "foreign", Damage.Foreign },
        { "later", Damage.Later }, { "folder", Damage.NotAFile }, { "folder beside", Damage.NotAFile },
    };

    [Theory]
    [MemberData(nameof(Ruins))]
    public void A_damaged_file_is_set_aside_reported_and_replaced(string ruin, string damage)
    {
        Make(ruin);
        using var outbox = new OutboxUnderTest(folder);
        outbox.Tell("call-started", "n-1");
        OutboxUnderTest.Until("both to be stored", () => outbox.Worker is { Count: 2, Unwritten: 0 });
        var all = outbox.TakeAll();
        Assert.Equal(["call-started", "outbox-replaced"], all.Select(e => e.Name).Order());
        Assert.Equal(damage, all.Single(e => e.Name == "outbox-replaced").Cause);
        Assert.Equal((null, damage), (outbox.Worker.Status.Trouble, outbox.Worker.Status.Replaced));
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(folder, "outbox.db.damaged-*").Concat(Directory.EnumerateFileSystemEntries(folder, "outbox.db-wal.damaged-*")));
        Assert.Contains(outbox.Lines, line => line.StartsWith($"Error: {Outbox} is no outbox that can be used ({damage}); it is set aside as {Outbox}.damaged-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("killed while it was made")]
    [InlineData("read-only")]
    [InlineData("garbage beside")]
    public void What_a_kill_or_a_careless_hand_may_leave_is_no_damage(string what)
    {
        Make(what);
        using var outbox = new OutboxUnderTest(folder);
        outbox.Tell("call-started", "n-1");
        outbox.Stored();
        Assert.Equal("call-started", outbox.TakeAll()[^1].Name);
        Assert.Equal((null, null), (outbox.Worker.Status.Trouble, outbox.Worker.Status.Replaced));
        Assert.Empty(outbox.Lines);
    }

    [Fact]
    public void Of_files_that_were_set_aside_two_are_kept()
    {
        for (var n = 0; n < 4; n++)
        {
            File.WriteAllBytes(Outbox, RandomNumberGenerator.GetBytes(9000));
            using var outbox = new OutboxUnderTest(folder);
            OutboxUnderTest.Until("a new file", () => outbox.Worker is { Count: > 0, Unwritten: 0 });
        }
        Assert.Equal(2, Directory.EnumerateFiles(folder, "outbox.db.damaged-*").Count());
    }

    [Fact]
    public void A_file_that_breaks_while_it_is_used_is_replaced_and_what_lay_in_memory_is_delivered()
    {
        using (var before = new OutboxUnderTest(folder))
            before.TellStored(1, 3000);
        using var outbox = new OutboxUnderTest(folder);
        outbox.Next();
        using (var file = new FileStream(Outbox, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 4096;
            file.Write(RandomNumberGenerator.GetBytes((int)file.Length - 4096));
        }
        var all = outbox.TakeAll();
        Assert.Equal(Enumerable.Range(1, Shelf.Window).Select(n => (long)n), all.Where(e => e.Name == "call-started").Select(e => e.Seq));
        Assert.Equal(Damage.Torn, Assert.Single(all, e => e.Name == "outbox-replaced").Cause);
        Assert.Equal(3000 - Shelf.Window, outbox.Worker.Dropped);
        outbox.TellStored(9, 1);
        Assert.True(outbox.Take().Seq > Shelf.Window);
    }

    private void Make(string what)
    {
        if (what is "truncated" or "torn" or "later" or "read-only" or "garbage beside")
        {
            using var before = new OutboxUnderTest(folder);
            before.TellStored(1, 500);
        }
        switch (what)
        {
            case "garbage":
                File.WriteAllBytes(Outbox, RandomNumberGenerator.GetBytes(100_000));
                break;
            case "a text":
                File.WriteAllText(Outbox, string.Concat(Enumerable.Repeat("not a database\n", 1000)));
                break;
            case "truncated":
                using (var file = new FileStream(Outbox, FileMode.Open))
                    file.SetLength(file.Length / 2 / 4096 * 4096);
                break;
            case "torn":
                using (var file = new FileStream(Outbox, FileMode.Open) { Position = 8192 })
                    file.Write(RandomNumberGenerator.GetBytes(4096));
                break;
            case "foreign":
                Sql("CREATE TABLE history (url TEXT); INSERT INTO history VALUES ('x')");
                break;
            case "later":
                Sql("PRAGMA user_version = 2");
                break;
            case "folder":
                Directory.CreateDirectory(Path.Combine(Outbox, "below"));
                break;
            case "folder beside":
                Directory.CreateDirectory(Outbox + "-wal");
                break;
            case "empty":
                File.WriteAllBytes(Outbox, []);
                break;
            case "killed while it was made":
                Sql("PRAGMA journal_mode = WAL");
                break;
            case "read-only":
                File.SetUnixFileMode(Outbox, UnixFileMode.UserRead);
                break;
            case "garbage beside":
                File.WriteAllBytes(Outbox + "-wal", RandomNumberGenerator.GetBytes(50_000));
                break;
        }
    }

    private void Sql(string sql)
    {
        SqliteLibrary.Use();
        using var connection = new SqliteConnection($"Data Source={Outbox};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
