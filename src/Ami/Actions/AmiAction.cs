namespace Carillon.Ami;

/// <summary>
/// One action: a name and headers, in order. It is checked when it is sent; a value that AMI cannot carry (CR, LF, NUL, over-long)
/// refuses the whole action before anything is written.
/// </summary>
/// <param name="name">Such as "Hangup".</param>
/// <param name="id">ActionID, 1 to 63 printable ASCII characters; default: made by the client.</param>
public sealed class AmiAction(string name, string? id = null)
{
    readonly List<KeyValuePair<string, string>> _headers = [];

    public string Name { get; } = name;

    public string? Id { get; } = id;

    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    /// <summary>Asked directly before the action is written: a reason why it must not be sent any more, or null.</summary>
    public Func<string?>? Veto { get; init; }

    /// <summary>
    /// Without an answer in time its connection is reset: what the network still holds of it must not reach Asterisk when nobody reckons with it any more.
    /// </summary>
    public bool NeverLate { get; init; }

    /// <summary>Adds a header; a null value adds nothing.</summary>
    public AmiAction With(string key, string? value)
    {
        if (value is not null) _headers.Add(new(key, value));
        return this;
    }

    /// <summary>Adds one escaped Variable header. Names that are no variable names are refused when the action is sent.</summary>
    public AmiAction WithVariable(string name, string value) => With(VariableText.Header, VariableText.Format(name, value));

    /// <summary>The name only: headers may hold secrets and phone numbers.</summary>
    public override string ToString() => Name;
}
