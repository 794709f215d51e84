using System.Security.Claims;
using Carillon.Storage;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Access;

/// <summary>For answers that go on for hours: whether what opened them still holds. Looked up once in <see cref="ApiOptions.EventHeartbeat"/>.</summary>
sealed class StandingAccess(UserStore users, ApiKeyStore keys, IOptions<ApiOptions> options, TimeProvider time)
{
    public Watch Of(ClaimsPrincipal user) => new(this, user);

    public sealed class Watch(StandingAccess access, ClaimsPrincipal user)
    {
        DateTimeOffset _checked = access._time.GetUtcNow();

        /// <summary>False once the user, their role, groups, agent or password, or the key, are not what they were.</summary>
        public async Task<bool> Holds(CancellationToken cancel)
        {
            var now = access._time.GetUtcNow();
            if (now - _checked < access._options.Value.EventHeartbeat) return true;
            _checked = now;
            return await access.Holds(user, now, cancel);
        }
    }

    readonly TimeProvider _time = time;
    readonly IOptions<ApiOptions> _options = options;

    async Task<bool> Holds(ClaimsPrincipal then, DateTimeOffset now, CancellationToken cancel)
    {
        ApiKey? key = null;
        if (then.FindFirst(Claims.Key) is { } claim && (key = await keys.GetAsync(claim.Value, cancel))?.IsValidAt(now) != true) return false;
        if (await users.GetAsync(then.FindFirst(Claims.User)!.Value, cancel) is not { User.Config.Disabled: false } user) return false;
        return Words(Identities.Of(user, then.Identity!.AuthenticationType!, key)).SetEquals(Words(then));
    }

    static HashSet<string> Words(ClaimsPrincipal user) => [.. user.Claims.Select(c => $"{c.Type} {c.Value}")];
}
