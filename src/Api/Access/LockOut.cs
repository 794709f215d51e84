using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Access;

/// <summary>
/// Counts tries by login and by address (IPv6: by /64 network) on this node. A try counts as failed until it has succeeded, so that many at once are no way around.
/// Holds at most <see cref="Capacity"/> subjects: beyond it those whose last try is oldest are forgotten, so that nobody fills the memory.
/// </summary>
sealed class LockOut(IOptions<ApiOptions> options, TimeProvider time)
{
    public const int Capacity = 10_000;

    readonly Lock _lock = new();
    readonly Dictionary<string, Tries> _tries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Counts a try. Returns how long to wait if there were too many before it, else null.</summary>
    public TimeSpan? Try(string? login, string address)
    {
        lock (_lock)
        {
            var wait = Wait(Address(address), options.Value.FailuresPerAddress);
            if (login is not null) wait = Later(wait, Wait(Login(login), options.Value.FailuresPerLogin));
            if (wait is not null) return wait;
            Count(Address(address), 1);
            if (login is not null) Count(Login(login), 1);
            return null;
        }
    }

    /// <summary>The try was good. The address keeps its earlier failures: who knows one password may be trying others.</summary>
    public void Succeeded(string login, string address)
    {
        lock (_lock)
        {
            _tries.Remove(Login(login));
            Count(Address(address), -1);
        }
    }

    static string Login(string login) => "login " + (login.Length > 100 ? login[..100] : login);

    /// <summary>Whoever has an IPv6 address has 2^64 of them: they count as one.</summary>
    static string Address(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6) return "address " + address;
        return $"network {Convert.ToHexString(parsed.GetAddressBytes().AsSpan(0, 8))}";
    }

    static TimeSpan? Later(TimeSpan? left, TimeSpan? right) => right is null || left > right ? left : right;

    TimeSpan? Wait(string subject, int allowed)
    {
        if (!_tries.TryGetValue(subject, out var tries) || tries.Count < allowed) return null;
        var left = tries.Last + options.Value.LockOutFor - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : null;
    }

    void Count(string subject, int by)
    {
        var now = time.GetUtcNow();
        var earlier = _tries.TryGetValue(subject, out var tries) && now - tries.Last < options.Value.LockOutFor ? tries.Count : 0;
        if (earlier + by <= 0) _tries.Remove(subject);
        else _tries[subject] = new(earlier + by, now);
        if (_tries.Count <= Capacity) return;
        foreach (var old in _tries.OrderBy(t => t.Value.Last).Take(Capacity / 10).Select(t => t.Key).ToList()) _tries.Remove(old);
    }

    readonly record struct Tries(int Count, DateTimeOffset Last);
}
