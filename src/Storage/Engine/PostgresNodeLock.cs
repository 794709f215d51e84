using Npgsql;

namespace Carillon.Storage;

/// <summary>An advisory lock of a session of its own: it ends with the connection, and PostgreSQL ends a connection whose other side is silent.</summary>
sealed class PostgresNodeLock : NodeLock
{
    const long Key = 0x4361_7269_4E6F_6465;

    /// <summary>A machine that is gone without a word holds the lock for so long: 1 s of silence, then three questions a second apart.</summary>
    const string NoticeDeath = "SET tcp_keepalives_idle = 1; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 4000";

    /// <summary>
    /// A process that stands still while its machine answers for it holds the lock for so long, which is longer than one that is awake goes on without an answer
    /// (half a second and <see cref="Patience"/>). PostgreSQL 14 and later know this. Not where nodes hold the lock together: none waits for it.
    /// </summary>
    const string NoticeStandstill = "SELECT set_config('idle_session_timeout', '3000', false) WHERE current_setting('server_version_num')::int >= 140000";

    /// <summary>A session of ours that we have given up, and PostgreSQL not yet.</summary>
    const string EndOurs = """
        SELECT count(pg_terminate_backend(a.pid)) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.classid::bigint = $1 >> 32 AND l.objid::bigint = $1 & 4294967295 AND a.application_name = $2
        """;

    /// <summary>Seconds. Shorter than what PostgreSQL waits for us: who holds the lock knows of its loss before anybody else gets it.</summary>
    const int Patience = 2;

    readonly NpgsqlConnection _connection;

    PostgresNodeLock(NpgsqlConnection connection) => _connection = connection;

    /// <param name="us">Names the sessions of this node; of no other one.</param>
    /// <param name="shared">With others who say so too, and with nobody who does not.</param>
    /// <returns>Null: a session that is not ours holds it.</returns>
    public static async Task<PostgresNodeLock?> TryTakeAsync(NpgsqlConnectionStringBuilder settings, string us, bool shared, CancellationToken cancel)
    {
        var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false, MaxAutoPrepare = 0, Timeout = Patience, CommandTimeout = Patience, ApplicationName = us };
        var connection = new NpgsqlConnection(own.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            await using (var notice = new NpgsqlCommand(shared ? NoticeDeath : $"{NoticeDeath}; {NoticeStandstill}", connection)) await notice.ExecuteNonQueryAsync(cancel);
            await using var take = new NpgsqlCommand(shared ? "SELECT pg_try_advisory_lock_shared($1)" : "SELECT pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = Key } } };
            await using var end = new NpgsqlCommand(EndOurs, connection) { Parameters = { new() { Value = Key }, new() { Value = us } } };
            bool ended = false, endedBefore;
            do
            {
                if (await take.ExecuteScalarAsync(cancel) is true) return new(connection);
                (endedBefore, ended) = (ended, await end.ExecuteScalarAsync(cancel) is > 0L);
            }
            // Once more after the last: it may have let go of the lock between the two questions.
            while (ended || endedBefore);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    public override Task<bool> IsHeldAsync(CancellationToken cancel = default) => TryAsync("SELECT 1", cancel);

    async Task<bool> TryAsync(string sql, CancellationToken cancel)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, _connection);
            await command.ExecuteScalarAsync(cancel);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            return false;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        // The end of a session takes PostgreSQL a moment, and another node may be waiting.
        await TryAsync("SELECT pg_advisory_unlock_all()", CancellationToken.None);
        await _connection.DisposeAsync();
    }
}
