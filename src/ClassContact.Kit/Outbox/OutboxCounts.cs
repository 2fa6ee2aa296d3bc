using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace ClassContact.Kit.Outbox;

/// <summary>How many events an outbox's file holds, looked at from outside: without a lock and without a trace, whether or not an agent has it open.</summary>
internal static class OutboxCounts
{
    /// <summary>Counts; where a write-ahead log is in use, which the file lags behind, the lengths of both are all that can be told.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="SqliteException">It is no database that can be read.</exception>
    internal static (JsonObject Document, bool IsWhole) Of(string path)
    {
        var (file, log) = (new FileInfo(path), new FileInfo(path + "-wal"));
        if (!file.Exists)
            throw new FileNotFoundException(null, path);
        if (log is { Exists: true, Length: > 0 })
            return (new() { ["bytes"] = file.Length, ["logBytes"] = log.Length }, false);
        SqliteLibrary.Use();
        // Immutable: SQLite then makes no file beside it, which would be root's where root looks.
        var source = $"file:{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1";
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return (new()
        {
            ["waiting"] = Number(connection, "SELECT count(*) FROM event"), ["last"] = Number(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'event'"),
            ["dropped"] = Number(connection, "SELECT value FROM tally WHERE name = 'dropped'"), ["bytes"] = file.Length, ["logBytes"] = 0,
        }, true);
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar() ?? 0L, CultureInfo.InvariantCulture);
    }
}
