using System.Buffers.Binary;
using System.Text;

namespace Carillon.Bench.Wallboards;

/// <summary>As much of MessagePack (github.com/msgpack/msgpack, spec.md) as SignalR's hubs need to be called.</summary>
sealed class PackWriter
{
    readonly List<byte> _bytes = [];

    /// <summary>With its length in front, seven bits a byte, the lowest first.</summary>
    public byte[] Framed()
    {
        var head = new List<byte>();
        var length = _bytes.Count;
        for (; length > 0x7f; length >>= 7) head.Add((byte)(length | 0x80));
        return [.. head, (byte)length, .. _bytes];
    }

    public PackWriter Array(int length) => Byte((byte)(0x90 | length));

    public PackWriter EmptyMap() => Byte(0x80);

    public PackWriter Value(object? value) => value switch
    {
        null => Byte(0xc0),
        bool yes => Byte((byte)(yes ? 0xc3 : 0xc2)),
        long number => Number(number),
        string text => Text(text),
        _ => throw new ArgumentException($"{value.GetType()} cannot be written."),
    };

    PackWriter Number(long number)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = 0xd3;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], number);
        _bytes.AddRange(bytes);
        return this;
    }

    PackWriter Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Span<byte> head = stackalloc byte[5];
        head[0] = 0xdb;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], utf8.Length);
        _bytes.AddRange(head);
        _bytes.AddRange(utf8);
        return this;
    }

    PackWriter Byte(byte value)
    {
        _bytes.Add(value);
        return this;
    }
}

/// <summary>Reads what <see cref="PackWriter"/> writes, and what servers write.</summary>
ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    ReadOnlySpan<byte> _rest = bytes;

    public int Array() => Head() switch
    {
        >= 0x90 and <= 0x9f and var small => small & 0x0f,
        0xdc => (int)Unsigned(2),
        0xdd => (int)Unsigned(4),
        var other => throw Unexpected(other, "array"),
    };

    public long Number() => Head() switch
    {
        <= 0x7f and var small => small,
        >= 0xe0 and var negative => (sbyte)negative,
        0xcc => (long)Unsigned(1),
        0xcd => (long)Unsigned(2),
        0xce => (long)Unsigned(4),
        0xcf or 0xd3 => (long)Unsigned(8),
        0xd0 => (sbyte)Unsigned(1),
        0xd1 => (short)Unsigned(2),
        0xd2 => (int)Unsigned(4),
        var other => throw Unexpected(other, "number"),
    };

    /// <summary>Of text or of bytes; none of nothing.</summary>
    public ReadOnlySpan<byte> Content()
    {
        var length = Head() switch
        {
            >= 0xa0 and <= 0xbf and var small => small & 0x1f,
            0xd9 or 0xc4 => (int)Unsigned(1),
            0xda or 0xc5 => (int)Unsigned(2),
            0xdb or 0xc6 => (int)Unsigned(4),
            0xc0 => 0,
            var other => throw Unexpected(other, "text"),
        };
        var content = _rest[..length];
        _rest = _rest[length..];
        return content;
    }

    public string Text() => Encoding.UTF8.GetString(Content());

    /// <summary>Headers, of which there are none.</summary>
    public void EmptyMap()
    {
        if (Head() is not 0x80 and var other) throw Unexpected(other, "empty map");
    }

    byte Head()
    {
        var head = _rest[0];
        _rest = _rest[1..];
        return head;
    }

    ulong Unsigned(int length)
    {
        ulong value = 0;
        foreach (var b in _rest[..length]) value = value << 8 | b;
        _rest = _rest[length..];
        return value;
    }

    static FormatException Unexpected(byte head, string wanted) => new($"MessagePack: 0x{head:x2} where {wanted} was expected.");
}
