using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Carillon.Storage;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Access;

/// <summary>
/// Counts tries by login and by address (IPv6: by /64 network), in the store for all nodes. Who is shut out is remembered here, so that whoever goes on costs
/// the store nothing: it is written at most as often as tries are allowed.
/// </summary>
sealed class LockOut(FailedTryStore store, IOptions<ApiOptions> options, TimeProvider time)
{
    /// <summary>So many are remembered. Of others the store is asked each time.</summary>
    public const int Capacity = 10_000;

    readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.OrdinalIgnoreCase);
    DateTimeOffset _tidiedAt = time.GetUtcNow();

    /// <summary>Counts a try. Returns how long to wait if there were too many before it, else null.</summary>
    /// <exception cref="StorageException">The store cannot count it.</exception>
    public async Task<TimeSpan?> Try(string? login, string address, CancellationToken cancel = default)
    {
        TrySubject[] subjects = login is null ? [Address(address)] : [Address(address), Login(login)];
        var now = time.GetUtcNow();
        if (subjects.Max(s => Remembered(s, now)) is { } wait) return wait;
        await Tidy(now);
        if (await store.TryAsync(subjects, options.Value.LockOutFor, cancel) is not var (subject, until)) return null;
        if (_until.Count < Capacity) _until[subject.Name] = until;
        return until - now;
    }

    /// <summary>The try was good. The address keeps its earlier failures: who knows one password may be trying others.</summary>
    public Task Succeeded(string login, string address) => store.SucceededAsync(Login(login), Address(address));

    /// <summary>Of who tried nothing for so long nobody has to know.</summary>
    async Task Tidy(DateTimeOffset now)
    {
        if (now - _tidiedAt < options.Value.LockOutFor) return;
        _tidiedAt = now;
        foreach (var over in _until.Where(u => u.Value <= now)) _until.TryRemove(over);
        await store.ForgetAsync(now - options.Value.LockOutFor);
    }

    TrySubject Login(string login) => new("login " + (login.Length > 100 ? login[..100] : login), options.Value.FailuresPerLogin);

    /// <summary>Whoever has an IPv6 address has 2^64 of them: they count as one.</summary>
    TrySubject Address(string address)
    {
        var isNetwork = IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetworkV6;
        return new(isNetwork ? $"network {Convert.ToHexString(parsed!.GetAddressBytes().AsSpan(0, 8))}" : "address " + address, options.Value.FailuresPerAddress);
    }

    TimeSpan? Remembered(TrySubject subject, DateTimeOffset now) => _until.TryGetValue(subject.Name, out var until) && until > now ? until - now : null;
}
