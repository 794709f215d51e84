namespace Carillon.Hosting;

/// <summary>
/// Values of a tag of metrics, of which there are few by nature but no limit by law, such as the ids of servers. Beyond <see cref="Most"/> different ones since
/// the start of the process, further ones are called <c>other</c>: monitoring must not grow without end.
/// </summary>
sealed class BoundedTag
{
    public const int Most = 200;
    public const string Other = "other";

    readonly Lock _lock = new();
    readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Of(string value)
    {
        lock (_lock) return _known.Contains(value) || (_known.Count < Most && _known.Add(value)) ? value : Other;
    }
}
