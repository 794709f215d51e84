using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>The key half of a grain id.</summary>
public readonly record struct IdSpan
{
    readonly string? _value;

    IdSpan(string value) => _value = value;

    public static IdSpan Create(string id) => new(id);

    public bool IsDefault => string.IsNullOrEmpty(_value);

    public override string ToString() => _value ?? "";
}

/// <summary>The type half of a grain id: what the class calls itself, see <see cref="GrainTypeAttribute"/>.</summary>
public readonly record struct GrainType
{
    readonly string? _value;

    GrainType(string value) => _value = value;

    public static GrainType Create(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new(value);
    }

    public bool IsDefault => string.IsNullOrEmpty(_value);

    public override string ToString() => _value ?? "";
}

/// <summary>Names one grain, written as type/key.</summary>
[SuppressMessage("Design", "CA1036", Justification = "Orleans' GrainId has no order operators either.")]
public readonly record struct GrainId(GrainType Type, IdSpan Key) : IComparable<GrainId>
{
    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), key);

    public static GrainId Create(GrainType type, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new(type, IdSpan.Create(key));
    }

    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    public static GrainId Parse(string value, IFormatProvider? provider = null) =>
        TryParse(value, out var id) ? id : throw new ArgumentException($"Unable to parse \"{value}\" as a grain id");

    public static bool TryParse(string? value, out GrainId result)
    {
        var slash = value?.IndexOf('/') ?? -1;
        result = slash < 1 ? default : Create(value![..slash], value[(slash + 1)..]);
        return slash >= 1;
    }

    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    public int CompareTo(GrainId other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => $"{Type}/{Key}";
}
