using Carillon.Api.Security;
using Microsoft.Extensions.Options;

namespace Carillon.Api;

/// <summary>All errors at once, each with its key.</summary>
public sealed class ApiOptionsCheck : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        var errors = new List<string>();
        Check(options.SessionLifetime >= TimeSpan.FromMinutes(1) && options.SessionLifetime <= TimeSpan.FromDays(30), nameof(options.SessionLifetime), "must be from 00:01:00 to 30 days");
        Check(options.MinPasswordLength is >= 8 and <= 128, nameof(options.MinPasswordLength), "must be from 8 to 128");
        Check(options.FailuresPerLogin is >= 1 and <= 100, nameof(options.FailuresPerLogin), "must be from 1 to 100");
        Check(options.FailuresPerAddress is >= 1 and <= 10_000, nameof(options.FailuresPerAddress), "must be from 1 to 10000");
        Check(options.LockOutFor > TimeSpan.Zero && options.LockOutFor <= TimeSpan.FromDays(1), nameof(options.LockOutFor), "must be more than zero and at most one day");
        Check(options.MaxBodyBytes is >= 1024 and <= 64 << 20, nameof(options.MaxBodyBytes), "must be from 1024 to 67108864");
        Check(options.MaxImportBytes >= 0, nameof(options.MaxImportBytes), "must not be negative");
        Check(options.TracesTo is null || (Uri.TryCreate(options.TracesTo, UriKind.Absolute, out var collector) && collector.Scheme is "http" or "https"), nameof(options.TracesTo), "must be the address of a collector, such as http://collector:4317");
        Check(options.MaxImportLines >= 1, nameof(options.MaxImportLines), "must be at least 1");
        CheckNetworks(options.MetricsTo, nameof(options.MetricsTo));
        CheckNetworks(options.Proxies, nameof(options.Proxies));
        Check(options.IdempotencyKept > TimeSpan.Zero, nameof(options.IdempotencyKept), "must be more than zero");
        Check(options.MaxEventClients is >= 1 and <= 100_000, nameof(options.MaxEventClients), "must be from 1 to 100000");
        Check(options.MaxWhatIfs is >= 1 and <= 100, nameof(options.MaxWhatIfs), "must be from 1 to 100");
        Check(options.StatisticsPeriod >= TimeSpan.FromDays(1) && options.StatisticsPeriod <= TimeSpan.FromDays(3650), nameof(options.StatisticsPeriod), "must be from 1 to 3650 days (1.00:00:00)");
        Check(options.EventInterval >= TimeSpan.FromMilliseconds(100) && options.EventInterval <= TimeSpan.FromMinutes(1), nameof(options.EventInterval), "must be from 00:00:00.1 to 00:01:00");
        Check(options.EventHeartbeat >= TimeSpan.FromSeconds(1) && options.EventHeartbeat <= TimeSpan.FromMinutes(10), nameof(options.EventHeartbeat), "must be from 00:00:01 to 00:10:00");
        Check(options.AdminPassword is null || options.AdminPassword.Length >= options.MinPasswordLength, nameof(options.AdminPassword), $"must have at least {options.MinPasswordLength} characters (Api:MinPasswordLength)");
        Check(options.AdminPassword is null || options.AdminPasswordFile is null, nameof(options.AdminPasswordFile), "names a file with what Api:AdminPassword gives too: give one of them");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void CheckNetworks(string text, string key) => Check(Networks.TryRead(text, out _, out var wrong), key, $"must be addresses or networks such as 10.0.0.0/8; {wrong} is none");

        void Check(bool ok, string key, string sentence)
        {
            if (!ok) errors.Add($"Api:{key} {sentence}.");
        }
    }
}
