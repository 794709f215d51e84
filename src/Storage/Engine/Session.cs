using System.Data.Common;
using Dapper;

namespace Carillon.Storage;

/// <summary>A connection for the time of one read or one write, with its transaction. Must not be kept.</summary>
public sealed class Session
{
    readonly Dialect _dialect;
    readonly CancellationToken _cancel;

    internal Session(DbConnection connection, DbTransaction? transaction, Dialect dialect, CancellationToken cancel)
    {
        (Connection, Transaction, _dialect, _cancel) = (connection, transaction, dialect, cancel);
    }

    public DbConnection Connection { get; }

    /// <summary>Null in a read.</summary>
    public DbTransaction? Transaction { get; }

    public async Task<List<T>> QueryAsync<T>(string sql, object? args = null) => (await Connection.QueryAsync<T>(Command(sql, args))).AsList();

    /// <summary>The first row, or null (for a value type: its default) if there is none.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? args = null) => Connection.QueryFirstOrDefaultAsync<T?>(Command(sql, args));

    /// <returns>How many rows were changed.</returns>
    public Task<int> ExecuteAsync(string sql, object? args = null) => Connection.ExecuteAsync(Command(sql, args));

    /// <summary>Runs one statement for each row of plain values, in one round trip where the database can.</summary>
    /// <returns>For each row how many rows it changed.</returns>
    internal Task<int[]> ExecuteEachAsync(string sql, string[] names, IReadOnlyList<object?[]> rows) => rows.Count == 0
        ? Task.FromResult(Array.Empty<int>())
        : Connection.CanCreateBatch ? InOneBatchAsync(_dialect.Text(sql), names, rows) : OneByOneAsync(_dialect.Text(sql), names, rows);

    CommandDefinition Command(string sql, object? args) => new(_dialect.Text(sql), args, Transaction, cancellationToken: _cancel);

    async Task<int[]> InOneBatchAsync(string sql, string[] names, IReadOnlyList<object?[]> rows)
    {
        await using var batch = Connection.CreateBatch();
        batch.Transaction = Transaction;
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            for (var i = 0; i < names.Length; i++) Add(command.Parameters, command.CreateParameter(), names[i], row[i]);
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync(_cancel);
        return [.. batch.BatchCommands.Cast<DbBatchCommand>().Select(c => c.RecordsAffected)];
    }

    async Task<int[]> OneByOneAsync(string sql, string[] names, IReadOnlyList<object?[]> rows)
    {
        await using var command = Connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, Transaction);
        foreach (var name in names) Add(command.Parameters, command.CreateParameter(), name, null);
        var changed = new int[rows.Count];
        for (var r = 0; r < rows.Count; r++)
        {
            for (var i = 0; i < names.Length; i++) command.Parameters[i].Value = rows[r][i] ?? DBNull.Value;
            changed[r] = await command.ExecuteNonQueryAsync(_cancel);
        }
        return changed;
    }

    static void Add(DbParameterCollection parameters, DbParameter parameter, string name, object? value)
    {
        (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
        parameters.Add(parameter);
    }
}
