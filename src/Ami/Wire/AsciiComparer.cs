using System.Text;

namespace Carillon.Ami;

/// <summary>Compares keys and names as AMI does, without regard to ASCII case, and looks bytes up among strings without making one.</summary>
sealed class AsciiComparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    public static readonly AsciiComparer Instance = new();

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.OrdinalIgnoreCase);

    public bool Equals(ReadOnlySpan<byte> alternate, string other) => AsciiText.Is(other, alternate) || Ascii.EqualsIgnoreCase(alternate, other);

    public string Create(ReadOnlySpan<byte> alternate) => Encoding.Latin1.GetString(alternate);

    public int GetHashCode(string obj) => GetHashCode(Encoding.Latin1.GetBytes(obj));

    public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)(AsciiText.HashWithoutCase(alternate) >> 32);
}
