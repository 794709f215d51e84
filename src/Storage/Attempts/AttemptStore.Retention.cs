namespace Carillon.Storage;

public sealed partial class AttemptStore
{
    /// <summary>
    /// Removes the oldest call records that were begun before <paramref name="before"/>, at most <paramref name="most"/>: few enough that no other writer waits for it
    /// noticeably. Calls that have not ended stay.
    /// </summary>
    /// <returns>How many were removed; fewer than <paramref name="most"/> when there are no more.</returns>
    public Task<int> RemoveOldestAsync(DateTimeOffset before, int most, CancellationToken cancel = default) => database.WriteAsync(s => s.ExecuteAsync(
        "DELETE FROM attempts WHERE id IN (SELECT id FROM attempts WHERE at < @before AND ended_at IS NOT NULL ORDER BY at, id LIMIT @most)", new { before, most }), cancel);
}
