namespace Carillon.Storage;

/// <summary>A grain's state as text, with the ETag that the next write must name.</summary>
public sealed record StoredGrainState(string Body, string ETag);

/// <summary>What a grain storage provider stands on: a state is written only by who has seen its last version.</summary>
public sealed class GrainStateStore(Database database)
{
    public Task<StoredGrainState?> ReadAsync(string type, string key, CancellationToken cancel = default) => database.ReadAsync(async s =>
        await s.FirstAsync<Row>("SELECT body, etag FROM grain_state WHERE type = @type AND key = @key", new { type, key }) is { } row
            ? new StoredGrainState(row.Body, ETag(row.ETag)) : null, cancel);

    /// <param name="etag">The version that was read; null: there was none.</param>
    /// <returns>The new ETag; null: somebody else has written meanwhile, and nothing was changed.</returns>
    public Task<string?> WriteAsync(string type, string key, string? etag, string body, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        if (etag is not null && !TryParse(etag, out _)) return null;
        var written = etag is null
            ? await s.FirstAsync<long?>(
                "INSERT INTO grain_state (type, key, etag, body, changed_at) VALUES (@type, @key, 1, @body, @Now) ON CONFLICT DO NOTHING RETURNING etag",
                new { type, key, body, database.Now })
            : await s.FirstAsync<long?>(
                "UPDATE grain_state SET etag = etag + 1, body = @body, changed_at = @Now WHERE type = @type AND key = @key AND etag = @Expected RETURNING etag",
                new { type, key, body, database.Now, Expected = Number(etag) });
        return written is { } value ? ETag(value) : null;
    }, cancel);

    /// <returns>Whether there is no such state now: false if somebody else has written meanwhile.</returns>
    public Task<bool> ClearAsync(string type, string key, string? etag, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        if (etag is not null && TryParse(etag, out var expected))
        {
            await s.ExecuteAsync("DELETE FROM grain_state WHERE type = @type AND key = @key AND etag = @expected", new { type, key, expected });
        }
        return await s.FirstAsync<long>("SELECT count(*) FROM grain_state WHERE type = @type AND key = @key", new { type, key }) == 0;
    }, cancel);

    static string ETag(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static bool TryParse(string etag, out long value) =>
        long.TryParse(etag, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out value);

    static long Number(string etag) => TryParse(etag, out var value) ? value : 0;

    sealed class Row
    {
        public string Body { get; init; } = "";
        public long ETag { get; init; }
    }
}
