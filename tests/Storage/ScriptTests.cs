using Carillon.TestKit;
using Npgsql;

namespace Carillon.Storage.Tests;

/// <summary>The SQL that operations can have beforehand.</summary>
[Collection(PostgresCollection.Name)]
public sealed class Postgres_script(PostgresServer server)
{
    const string Columns = "SELECT string_agg(concat_ws(' ', table_name, ordinal_position, column_name, data_type, collation_name, is_nullable, column_default, generation_expression), E'\\n' ORDER BY table_name, ordinal_position) FROM information_schema.columns WHERE table_schema = 'public'";
    const string Indexes = "SELECT string_agg(indexdef, E'\\n' ORDER BY indexdef) FROM pg_indexes WHERE schemaname = 'public'";
    const string Queries = "SELECT string_agg(querykey || querytext, E'\\n' ORDER BY querykey) FROM orleansquery";
    const string Applied = "SELECT string_agg(version || ' ' || applied_at, E'\\n' ORDER BY version) FROM schema_version";
    const string Versions = "SELECT string_agg(version || name, E'\\n' ORDER BY version) FROM schema_version";

    [StoreFact]
    public async Task It_makes_what_a_node_makes_and_leaves_it_nothing_to_do()
    {
        await using var byNode = new PostgresStore(server);
        await using var byHand = new PostgresStore(server);
        foreach (var store in new[] { byNode, byHand }) await store.CreateAsync();
        await using var source = NpgsqlDataSource.Create(byHand.ConnectionString);
        await using (var script = source.CreateCommand(Database.PostgresScript)) await script.ExecuteNonQueryAsync();
        var before = await Read(byHand, Applied);

        foreach (var store in new[] { byNode, byHand })
        {
            await using var database = store.Open(new FakeTime());
            await database.OpenAsync();
        }

        foreach (var what in new[] { Columns, Indexes, Queries, Versions }) Assert.Equal(await Read(byNode, what), await Read(byHand, what));
        Assert.Equal(before, await Read(byHand, Applied));
    }

    static async Task<string> Read(PostgresStore store, string sql)
    {
        await using var source = NpgsqlDataSource.Create(store.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return Assert.IsType<string>(await command.ExecuteScalarAsync());
    }
}
