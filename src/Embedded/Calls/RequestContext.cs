using Carillon.Embedded;

namespace Orleans.Runtime;

/// <summary>Values that travel with calls, from caller to callee and never back.</summary>
public static class RequestContext
{
    public static object? Get(string key) => CallContext.Current?.Values?.GetValueOrDefault(key);

    public static void Set(string key, object value) =>
        Change(new Dictionary<string, object>(CallContext.Current?.Values ?? []) { [key] = value });

    public static bool Remove(string key)
    {
        if (Get(key) is null) return false;
        var left = new Dictionary<string, object>(CallContext.Current!.Values!);
        left.Remove(key);
        Change(left);
        return true;
    }

    public static void Clear() => Change(null);

    public static IEnumerable<string> Keys => CallContext.Current?.Values?.Keys ?? Enumerable.Empty<string>();

    public static IEnumerable<KeyValuePair<string, object>> Entries =>
        CallContext.Current?.Values ?? Enumerable.Empty<KeyValuePair<string, object>>();

    static void Change(Dictionary<string, object>? values) => CallContext.Current = new(values, CallContext.Current?.Request);
}
