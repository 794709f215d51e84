using System.Security.Cryptography;
using System.Text;

namespace Carillon.Storage;

/// <summary>What somebody tries with or from.</summary>
/// <param name="Name">Told apart from others without regard to case; stored as a hash.</param>
/// <param name="Allowed">How many failures it may have.</param>
public sealed record TrySubject(string Name, int Allowed)
{
    internal string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Name.ToUpperInvariant())).AsSpan(0, 16));
}

/// <summary>Tries at passwords and keys, counted for all nodes.</summary>
public sealed class FailedTryStore(Database database)
{
    /// <summary>
    /// Counts a try for each subject, unless one of them has had too many: then none is counted. It counts as failed until it has succeeded, so that many at
    /// once are no way around.
    /// </summary>
    /// <param name="kept">How long failures count after the last of them.</param>
    /// <returns>The subject that has had too many, and until when; else null.</returns>
    public Task<(TrySubject Subject, DateTimeOffset Until)?> TryAsync(IReadOnlyList<TrySubject> subjects, TimeSpan kept, CancellationToken cancel = default) =>
        database.WriteAsync(async s =>
        {
            for (var i = 0; i < subjects.Count; i++)
            {
                if (await CountAsync(s, subjects[i], kept)) continue;
                for (var counted = 0; counted < i; counted++) await TakeBackAsync(s, subjects[counted]);
                var last = Mapping.Time(await s.FirstAsync<long>("SELECT last_at FROM failed_tries WHERE subject = @Key", new { subjects[i].Key }));
                return (subjects[i], last + kept);
            }
            return ((TrySubject, DateTimeOffset)?)null;
        }, cancel);

    /// <summary>A try was good after all.</summary>
    /// <param name="forgiven">Its earlier failures are forgotten too.</param>
    /// <param name="kept">Its earlier failures still count.</param>
    public Task SucceededAsync(TrySubject forgiven, TrySubject kept, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        await TakeBackAsync(s, kept);
        return await s.ExecuteAsync("DELETE FROM failed_tries WHERE subject = @Key", new { forgiven.Key });
    }, cancel);

    /// <returns>How many subjects were forgotten.</returns>
    public Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancel = default) =>
        database.WriteAsync(s => s.ExecuteAsync("DELETE FROM failed_tries WHERE last_at <= @before OR tries <= 0", new { before }), cancel);

    async Task<bool> CountAsync(Session s, TrySubject subject, TimeSpan kept) => await s.ExecuteAsync("""
        INSERT INTO failed_tries (subject, tries, last_at) VALUES (@Key, 1, @Now)
        ON CONFLICT (subject) DO UPDATE SET
            tries = CASE WHEN failed_tries.last_at <= @Over THEN 1 ELSE failed_tries.tries + 1 END, last_at = excluded.last_at
            WHERE failed_tries.last_at <= @Over OR failed_tries.tries < @Allowed
        """, new { subject.Key, subject.Allowed, database.Now, Over = database.Now - kept }) > 0;

    static Task<int> TakeBackAsync(Session s, TrySubject subject) => s.ExecuteAsync("UPDATE failed_tries SET tries = tries - 1 WHERE subject = @Key AND tries > 0", new { subject.Key });
}
