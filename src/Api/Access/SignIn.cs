using Carillon.Api.Audit;
using Carillon.Api.Problems;
using Carillon.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Access;

/// <summary>Login and password. Unknown, disabled and locked logins are answered alike, and in like time.</summary>
sealed class SignIn(UserStore users, Passwords passwords, LockOut lockOut, AuditLog audit, IOptions<ApiOptions> options, TimeProvider time)
{
    /// <exception cref="Refusal">401 for a wrong login or password, 429 after too many.</exception>
    public async Task<StoredUser> Check(string login, string password, string address, CancellationToken cancel)
    {
        if (await lockOut.Try(login, address, cancel) is { } wait) throw TooMany(wait);
        var user = await users.FindByLoginAsync(login, cancel);
        // The store remembers a lock over restarts and for all nodes.
        if (user?.LockedUntil - time.GetUtcNow() is { Ticks: > 0 } locked) throw TooMany(locked);

        var result = passwords.Verify(user, password);
        if (result == PasswordVerificationResult.Failed)
        {
            if (user is not null) await CountFailure(user, cancel);
            await audit.Refused("sign-in-failed", user?.User.Id, address);
            throw Refusal.Unauthorized("The login or the password is wrong.");
        }
        await lockOut.Succeeded(login, address);
        await users.ForgetFailedSignInsAsync(user!.User.Id, cancel);
        if (result == PasswordVerificationResult.SuccessRehashNeeded) await users.RehashAsync(user.User.Id, passwords.Hash(password), cancel);
        return user;
    }

    async Task CountFailure(StoredUser user, CancellationToken cancel)
    {
        var failures = await users.CountFailedSignInAsync(user.User.Id, cancel);
        if (failures % options.Value.FailuresPerLogin == 0) await users.LockAsync(user.User.Id, time.GetUtcNow() + options.Value.LockOutFor, cancel);
    }

    static Refusal TooMany(TimeSpan wait) => Refusal.TooManyRequests("Too many wrong passwords; try again later.", wait);
}
