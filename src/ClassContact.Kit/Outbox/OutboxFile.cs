using System.Text.Json;
using ClassContact.Messages;
using Microsoft.Data.Sqlite;

namespace ClassContact.Kit.Outbox;

/// <summary>
/// The events on the disk: an SQLite file, write-ahead log, every commit flushed to the disk. To be used by one thread.
/// Its members throw <see cref="SqliteException"/> when the disk does not take or give something; then the file is as it was.
/// </summary>
internal sealed class OutboxFile : IDisposable
{
    // "CCox": what file(1) and sqlite3 show of an outbox of ours.
    private const int OurMark = 0x43436F78;
    private const int Version = 1;

    private const string Schema = """
        CREATE TABLE event (seq INTEGER PRIMARY KEY AUTOINCREMENT, journal TEXT NOT NULL, worth INTEGER NOT NULL, told INTEGER NOT NULL, known INTEGER, body BLOB NOT NULL) STRICT;
        CREATE TABLE tally (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
        """;

    private readonly SqliteConnection connection;

    private OutboxFile(SqliteConnection connection) => this.connection = connection;

    /// <summary>The highest number that was ever given in this file.</summary>
    internal long Last => Number("SELECT seq FROM sqlite_sequence WHERE name = 'event'");

    internal int Count => (int)Number("SELECT count(*) FROM event");

    /// <summary>Events dropped so far, and how many of those the helpdesk was told, or will be by an event in here.</summary>
    internal (long Dropped, long Reported) Tally => (Number("SELECT value FROM tally WHERE name = 'dropped'"), Number("SELECT value FROM tally WHERE name = 'reported'"));

    /// <summary>Bytes of the file that hold something.</summary>
    internal long UsedBytes => (Number("PRAGMA page_count") - Number("PRAGMA freelist_count")) * Number("PRAGMA page_size");

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isChecked">It was found whole before, so that not all of it needs to be read.</param>
    /// <exception cref="DamagedException">It is no outbox that can be used.</exception>
    /// <exception cref="SqliteException">The disk does not let it be opened.</exception>
    /// <exception cref="IOException">The same.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not ours.</exception>
    internal static OutboxFile Open(string path, bool isChecked)
    {
        SqliteLibrary.Use();
        OurOwn.Make(path);
        // A second: for a technician who looks with sqlite3. Exclusive: no memory mapped from a disk that may go.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        var file = new OutboxFile(connection);
        try
        {
            connection.Open();
            file.Do("PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -512; PRAGMA trusted_schema = OFF");
            file.Check(isChecked);
            file.Do("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 4194304");
            file.Prepare();
            return file;
        }
        catch (SqliteException e) when (DamageOf(e) is { } damage)
        {
            file.Dispose();
            throw new DamagedException(damage);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>What an error of SQLite says about the file, as one of <see cref="Damage"/>; null when it is about something else.</summary>
    internal static string? DamageOf(SqliteException e) => e.SqliteErrorCode switch
    {
        11 => Damage.Torn, // SQLITE_CORRUPT
        26 => Damage.Garbage, // SQLITE_NOTADB
        _ => null,
    };

    /// <summary>In one transaction: keeps letters, forgets those that are gone, and notes how many were dropped.</summary>
    internal void Commit(IReadOnlyCollection<Letter> letters, IReadOnlyCollection<long> gone, long dropped)
    {
        Together(() =>
        {
            Keep(letters);
            Forget(gone);
            Note("dropped", dropped);
            if (letters.Count + gone.Count == 0)
                Note("proof", Random.Shared.NextInt64()); // something must be written to know that it can be
            if (letters.Max(letter => letter.Reports) is { } reported)
                Note("reported", reported);
        });
    }

    /// <summary>The next events in order; a null where one cannot be read.</summary>
    internal IReadOnlyList<(long Seq, string Journal, TimeSpan Told, KitEvent? Event)> Load(long after, int most)
    {
        using var command = Command("SELECT seq, journal, told, body FROM event WHERE seq > $after ORDER BY seq LIMIT $most", "$after", "$most");
        (command.Parameters[0].Value, command.Parameters[1].Value) = (after, most);
        using var reader = command.ExecuteReader();
        var found = new List<(long, string, TimeSpan, KitEvent?)>();
        while (reader.Read())
            found.Add((reader.GetInt64(0), reader.GetString(1), TimeSpan.FromMilliseconds(reader.GetInt64(2)), Wire.ReadBody<KitEvent>(reader.GetFieldValue<byte[]>(3))));
        return found;
    }

    /// <summary>Those of the numbers that are in here.</summary>
    internal IReadOnlySet<long> Held(IReadOnlyList<long> numbers) => numbers.SelectMany(seq => Numbers("SELECT seq FROM event WHERE seq = $a", seq)).ToHashSet();

    /// <summary>Numbers of the events that go first when there is no room.</summary>
    internal IReadOnlyList<long> Cheapest(int most) => Numbers("SELECT seq FROM event ORDER BY worth, seq LIMIT $a", most);

    /// <summary>Notes the date of events that have none, or one that is not yet, and gives the numbers of those older than the limit.</summary>
    internal IReadOnlyList<long> Older(DateTimeOffset now, DateTimeOffset limit)
    {
        using var date = Command("UPDATE event SET known = $now WHERE known IS NULL OR known > $now", "$now");
        Run(date, now.ToUnixTimeSeconds());
        return Numbers("SELECT seq FROM event WHERE known < $a", limit.ToUnixTimeSeconds());
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private void Check(bool isChecked)
    {
        var (mark, version) = (Number("PRAGMA application_id"), Number("PRAGMA user_version"));
        if (mark != OurMark && Number("SELECT count(*) FROM sqlite_schema") > 0)
            throw new DamagedException(Damage.Foreign);
        if (version > Version)
            throw new DamagedException(Damage.Later);
        if (isChecked)
            return;
        using var check = Command("PRAGMA quick_check(1)");
        if (check.ExecuteScalar() is not "ok")
            throw new DamagedException(Damage.Torn);
    }

    // In one transaction, so that a kill leaves nothing or all of it.
    private void Prepare()
    {
        if (Number("PRAGMA user_version") == Version)
            return;
        Together(() =>
        {
            Do(Schema);
            Do(FormattableString.Invariant($"PRAGMA application_id = {OurMark}; PRAGMA user_version = {Version}"));
        });
    }

    // Not by SqliteTransaction: after a COMMIT that the disk fails, its end fails too, and then the connection's, which keeps the lock for ever.
    private void Together(Action write)
    {
        Do("BEGIN IMMEDIATE");
        try
        {
            write();
            Do("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    private void RollBack()
    {
        try
        {
            Do("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has done so itself.
        }
    }

    private void Keep(IReadOnlyCollection<Letter> letters)
    {
        // A letter whose commit was never confirmed may be there already.
        using var insert = Command("INSERT OR IGNORE INTO event (seq, journal, worth, told, body) VALUES ($seq, $journal, $worth, $told, $body)", "$seq", "$journal", "$worth", "$told", "$body");
        foreach (var letter in letters)
            Run(insert, letter.Seq, letter.Event.Journal!, Worth.Of(letter.Event.Name), (long)letter.Told.GetValueOrDefault().TotalMilliseconds, JsonSerializer.SerializeToUtf8Bytes(letter.Event, WireJson.Default.KitEvent));
    }

    private void Forget(IReadOnlyCollection<long> gone)
    {
        using var delete = Command("DELETE FROM event WHERE seq = $seq", "$seq");
        foreach (var seq in gone)
            Run(delete, seq);
    }

    private void Note(string name, long value)
    {
        using var note = Command("INSERT INTO tally VALUES ($name, $value) ON CONFLICT DO UPDATE SET value = $value WHERE value <> $value", "$name", "$value");
        Run(note, name, value);
    }

    private void Do(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private long Number(string sql)
    {
        using var command = Command(sql);
        return command.ExecuteScalar() as long? ?? 0;
    }

    private List<long> Numbers(string sql, long value)
    {
        using var command = Command(sql, "$a");
        command.Parameters[0].Value = value;
        using var reader = command.ExecuteReader();
        var found = new List<long>();
        while (reader.Read())
            found.Add(reader.GetInt64(0));
        return found;
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
            command.Parameters.Add(new() { ParameterName = name });
        return command;
    }
}
