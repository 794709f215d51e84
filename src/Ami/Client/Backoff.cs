namespace Carillon.Ami;

/// <summary>How long to wait before connecting again.</summary>
static class Backoff
{
    /// <summary>
    /// Full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/): anything from zero to base · 2^failures, at most
    /// the cap. Asterisk keeps few sessions that are not logged in, so many clients must not come back at once.
    /// </summary>
    /// <param name="failures">Failed attempts in a row, from 0.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int failures, TimeSpan first, TimeSpan cap, double random) =>
        TimeSpan.FromTicks((long)(random * Math.Min(cap.Ticks, first.Ticks * Math.Pow(2, Math.Min(failures, 30)))));

    /// <summary>After a refused login: half to all of <paramref name="delay"/>, because only a person can help.</summary>
    public static TimeSpan AfterRefusal(TimeSpan delay, double random) => delay / 2 + delay / 2 * random;

    public static TimeSpan After(AmiCause cause, int failures, AmiClientOptions options, double random) => cause switch
    {
        AmiCause.WrongSecret or AmiCause.PermissionDenied => AfterRefusal(options.LoginRefusedDelay, random),
        _ => Delay(failures, options.BackoffBase, options.BackoffCap, random),
    };
}
