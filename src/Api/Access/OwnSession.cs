using Carillon.Api.Audit;
using Carillon.Api.Problems;
using Carillon.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Carillon.Api.Access;

/// <summary>What people do to their own session: for the API and the sign-in page alike.</summary>
sealed class OwnSession(SignIn signIn, Passwords passwords, UserStore users, AuditLog audit)
{
    /// <summary>Sets the session cookie.</summary>
    /// <exception cref="Refusal">401 for a wrong login or password, 429 after too many.</exception>
    public async Task<StoredUser> Open(string login, string password, HttpContext http, CancellationToken cancel)
    {
        var user = await signIn.Check(login, password, Caller.Address(http), cancel);
        http.User = Identities.Of(user, Sessions.SchemeName);
        await http.SignInAsync(Sessions.SchemeName, http.User);
        await audit.Done(Caller.Of(http), "sign-in", "user", user.User.Id);
        return user;
    }

    public async Task Close(Caller caller, HttpContext http)
    {
        await http.SignOutAsync(Sessions.SchemeName);
        await audit.Done(caller, "sign-out", "user", caller.UserId);
    }

    /// <summary>Ends all other sessions of the user; that of the request goes on.</summary>
    /// <exception cref="Refusal">400 with what is wrong, 429 after too many wrong passwords.</exception>
    public async Task ChangePassword(PasswordChange change, Caller caller, HttpContext http, CancellationToken cancel)
    {
        var login = (await users.GetAsync(caller.UserId, cancel))!.User.Config.Login;
        var errors = new FieldErrors();
        passwords.Check(change.New, login, "new", errors);
        errors.AddIf(change.New == change.Current, "new", "The new password is the old one.");
        errors.ThrowIfAny();
        try
        {
            await signIn.Check(login, change.Current, caller.From, cancel);
        }
        catch (Refusal refusal) when (refusal.Status == StatusCodes.Status401Unauthorized)
        {
            throw Refusal.Invalid("current", "The current password is wrong.");
        }
        await users.SetPasswordAsync(caller.UserId, passwords.Hash(change.New), Passwords.NewStamp(), mustChange: false, cancel);
        await audit.Done(caller, "change-password", "user", caller.UserId);
        if (http.User.Identity?.AuthenticationType == Sessions.SchemeName)
            await http.SignInAsync(Sessions.SchemeName, Identities.Of((await users.GetAsync(caller.UserId, cancel))!, Sessions.SchemeName));
    }
}
