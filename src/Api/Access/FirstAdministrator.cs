using Carillon.Storage;
using Carillon.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Access;

/// <summary>Makes the user <c>admin</c> in a system that has no user at all. A password that was generated is printed here, once, and kept nowhere.</summary>
sealed class FirstAdministrator(
    UserStore users, Passwords passwords, IOptions<ApiOptions> options, IConfiguration configuration, TimeProvider time,
    [FromKeyedServices(FirstAdministrator.Output)] TextWriter output) : IHostedLifecycleService
{
    public const string Output = "first-administrator";
    const string Login = "admin";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((await users.ListAsync(cancellationToken)).Count == 0 && Given() is { } given && given.Length < options.Value.MinPasswordLength)
            throw new OptionsValidationException("Api", typeof(ApiOptions), [$"The first administrator's password (Api:AdminPassword) must have at least {options.Value.MinPasswordLength} characters (Api:MinPasswordLength)."]);
    }

    /// <summary>Only once all else has started: a node whose port is taken shows nobody a password.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if ((await users.ListAsync(cancellationToken)).Count > 0) return;
        var given = Given();
        var password = given ?? Passwords.Generate();
        var admin = new UserConfig { Login = Login, Name = "Administrator", Role = Role.Administrator, MustChangePassword = given is null };
        var made = await users.InsertAsync(SortableId.New(time.GetUtcNow()), admin, passwords.Hash(password), Passwords.NewStamp(), cancellationToken);
        // Another node may have been first.
        if (made.IsWritten && given is null) await output.WriteLineAsync($"First sign-in: login {Login}, password {password} (shown this once; it has to be changed at sign-in)");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    string? Given()
    {
        if (options.Value.AdminPassword is { } set) return set;
        if (configuration["CARILLON_ADMIN_PASSWORD"] is { Length: > 0 } plain) return plain;
        if (options.Value.AdminPasswordFile is { Length: > 0 } named) return SecretFile.Read("Api:AdminPasswordFile", named);
        return configuration["CARILLON_ADMIN_PASSWORD_FILE"] is { Length: > 0 } file ? SecretFile.Read("CARILLON_ADMIN_PASSWORD_FILE", file) : null;
    }
}
