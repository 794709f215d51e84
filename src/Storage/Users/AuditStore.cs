namespace Carillon.Storage;

/// <summary>Who changed what, when and from where.</summary>
public sealed record AuditEntry
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    /// <summary>Null: nobody was signed in.</summary>
    public string? User { get; init; }
    public string? Address { get; init; }
    /// <summary>A word, such as <c>create</c> or <c>sign-in-failed</c>.</summary>
    public required string Action { get; init; }
    /// <summary>What kind of thing, such as <c>campaign</c>.</summary>
    public string? Kind { get; init; }
    public string? Target { get; init; }
    /// <summary>JSON; no secrets.</summary>
    public string? Detail { get; init; }
}

/// <summary>Which entries to list, newest first. What is null does not filter.</summary>
public sealed record AuditFilter
{
    public string? User { get; init; }
    public string? Action { get; init; }
    public string? Kind { get; init; }
    public string? Target { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    /// <summary>The id of the last entry of the page before.</summary>
    public long? Before { get; init; }
    /// <summary>Default 100.</summary>
    public int Limit { get; init; } = 100;
}

public sealed class AuditStore(Database database)
{
    /// <summary>Id and time are given by the store.</summary>
    public Task AppendAsync(AuditEntry entry, CancellationToken cancel = default) => database.WriteAsync(s => s.ExecuteAsync("""
        INSERT INTO audit (at, user_id, address, action, kind, target_id, detail) VALUES (@Now, @User, @Address, @Action, @Kind, @Target, @Detail)
        """, new { database.Now, entry.User, entry.Address, entry.Action, entry.Kind, entry.Target, entry.Detail }), cancel);

    public Task<List<AuditEntry>> ListAsync(AuditFilter filter, CancellationToken cancel = default) => database.ReadAsync(s =>
    {
        var terms = new List<string> { "id > 0" };
        if (filter.User is not null) terms.Add("user_id = @User");
        if (filter.Action is not null) terms.Add("action = @Action");
        if (filter.Kind is not null) terms.Add("kind = @Kind");
        if (filter.Target is not null) terms.Add("target_id = @Target");
        if (filter.From is not null) terms.Add("at >= @From");
        if (filter.To is not null) terms.Add("at < @To");
        if (filter.Before is not null) terms.Add("id < @Before");
        return s.QueryAsync<AuditEntry>($"""
            SELECT id, at, user_id AS "user", address, action, kind, target_id AS target, detail FROM audit
            WHERE {string.Join(" AND ", terms)} ORDER BY id DESC LIMIT @Limit
            """, filter);
    }, cancel);
}
