using System.Security.Cryptography;
using Carillon.Api.Problems;
using Carillon.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Access;

/// <summary>Passwords, hashed by the framework.</summary>
sealed class Passwords(IOptions<ApiOptions> options)
{
    const int MaxLength = 256;

    readonly PasswordHasher<object> _hasher = new();
    // What unknown logins are compared with, so that they take as long as known ones.
    readonly Lazy<string> _nobodys = new(() => new PasswordHasher<object>().HashPassword(Nobody, Guid.NewGuid().ToString()));

    static readonly object Nobody = new();

    public string Hash(string password) => _hasher.HashPassword(Nobody, password);

    public static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Letters and digits that are not taken for one another; 100 bits.</summary>
    public static string Generate() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 20);

    public PasswordVerificationResult Verify(StoredUser? user, string password)
    {
        var hash = user is { PasswordHash: { } known, User.Config.Disabled: false } ? known : null;
        var result = _hasher.VerifyHashedPassword(Nobody, hash ?? _nobodys.Value, password);
        return hash is null ? PasswordVerificationResult.Failed : result;
    }

    public void Check(string? password, string? login, string field, FieldErrors errors)
    {
        if (password is null || password.Length < options.Value.MinPasswordLength) errors.Add(field, $"A password has at least {options.Value.MinPasswordLength} characters.");
        else if (password.Length > MaxLength) errors.Add(field, $"A password has at most {MaxLength} characters.");
        else if (password.Distinct().Count() < 5) errors.Add(field, "A password has at least five different characters.");
        else if (login is not null && password.Contains(login, StringComparison.OrdinalIgnoreCase)) errors.Add(field, "A password does not contain the login.");
    }
}
