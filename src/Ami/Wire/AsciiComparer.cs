namespace Carillon.Ami;

/// <summary>Compares keys and names as AMI does, without regard to ASCII case, and looks bytes up among strings without making one.</summary>
sealed class AsciiComparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    public static readonly AsciiComparer Instance = new();

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.OrdinalIgnoreCase);

    public bool Equals(ReadOnlySpan<byte> alternate, string other) => System.Text.Ascii.EqualsIgnoreCase(alternate, other);

    public string Create(ReadOnlySpan<byte> alternate) => System.Text.Encoding.Latin1.GetString(alternate);

    public int GetHashCode(string obj)
    {
        var hash = 17u;
        foreach (var c in obj) hash = hash * 31 + (c | 0x20u);
        return (int)hash;
    }

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = 17u;
        foreach (var b in alternate) hash = hash * 31 + (b | 0x20u);
        return (int)hash;
    }
}
