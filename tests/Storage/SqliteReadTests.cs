using Carillon.TestKit;
using Microsoft.Data.Sqlite;

namespace Carillon.Storage.Tests;

public sealed class SqliteReadTests() : StoreSuite(new SqliteStore())
{
    [Fact]
    public async Task A_read_that_nobody_waits_for_any_more_ends_and_its_connection_reads_on()
    {
        using var enough = new CancellationTokenSource();
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = Db.ReadAsync(s =>
        {
            ((SqliteConnection)s.Connection).CreateFunction("running", () => running.TrySetResult() ? 1 : 1);
            return s.FirstAsync<long>("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + running() FROM n) SELECT count(*) FROM n");
        }, enough.Token);
        await running.Task;

        await enough.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(Wait.Patience));
        for (var i = 0; i < 20; i++) Assert.Equal(i, await Db.ReadAsync(s => s.FirstAsync<int>("SELECT @i", new { i })));
    }
}
