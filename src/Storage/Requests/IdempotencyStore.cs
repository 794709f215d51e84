namespace Carillon.Storage;

public enum ClaimOutcome
{
    /// <summary>Carry the request out, then complete or release the key.</summary>
    Claimed,
    /// <summary>It was carried out before; answer as then.</summary>
    Completed,
    /// <summary>It is being carried out.</summary>
    InProgress,
    /// <summary>The key was used for another request.</summary>
    Mismatch,
}

public sealed record Claim(ClaimOutcome Outcome, int StatusCode = 0, string? Body = null);

/// <summary>Idempotency keys of requests, per user.</summary>
public sealed class IdempotencyStore(Database database)
{
    /// <summary>Of any number of callers at once, one is told Claimed.</summary>
    /// <param name="abandonedAfter">A claim that was neither completed nor released for so long (its node died) may be claimed again.</param>
    public Task<Claim> ClaimAsync(string user, string key, string requestHash, TimeSpan abandonedAfter, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        var args = new { user, key, requestHash, database.Now, Abandoned = database.Now - abandonedAfter };
        var claimed = await s.ExecuteAsync("""
            INSERT INTO idempotency (user_id, key, request_hash, at) VALUES (@user, @key, @requestHash, @Now)
            ON CONFLICT (user_id, key) DO UPDATE SET at = excluded.at
                WHERE idempotency.status_code IS NULL AND idempotency.at <= @Abandoned AND idempotency.request_hash = excluded.request_hash
            """, args);
        if (claimed > 0) return new Claim(ClaimOutcome.Claimed);
        var row = await s.FirstAsync<Row>("SELECT request_hash AS requesthash, status_code AS statuscode, body FROM idempotency WHERE user_id = @user AND key = @key", args);
        if (row?.RequestHash != requestHash) return new(ClaimOutcome.Mismatch);
        return row.StatusCode is { } status ? new(ClaimOutcome.Completed, status, row.Body) : new(ClaimOutcome.InProgress);
    }, cancel);

    public Task CompleteAsync(string user, string key, int statusCode, string? body, CancellationToken cancel = default) => database.WriteAsync(s => s.ExecuteAsync(
        "UPDATE idempotency SET status_code = @statusCode, body = @body, at = @Now WHERE user_id = @user AND key = @key", new { user, key, statusCode, body, database.Now }), cancel);

    /// <summary>The request failed and changed nothing: the key may be used again.</summary>
    public Task ReleaseAsync(string user, string key, CancellationToken cancel = default) => database.WriteAsync(s => s.ExecuteAsync(
        "DELETE FROM idempotency WHERE user_id = @user AND key = @key AND status_code IS NULL", new { user, key }), cancel);

    /// <returns>How many keys were forgotten.</returns>
    public Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancel = default) =>
        database.WriteAsync(s => s.ExecuteAsync("DELETE FROM idempotency WHERE at < @before", new { before }), cancel);

    sealed class Row
    {
        public string RequestHash { get; init; } = "";
        public int? StatusCode { get; init; }
        public string? Body { get; init; }
    }
}
