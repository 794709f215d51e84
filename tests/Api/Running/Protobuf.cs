using System.Buffers.Binary;
using System.Text;

namespace Carillon.Api.Tests.Running;

/// <summary>The fields of a message on the wire: https://protobuf.dev/programming-guides/encoding.</summary>
sealed class Protobuf
{
    readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public static Protobuf Read(ReadOnlyMemory<byte> message)
    {
        var read = new Protobuf();
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message.Span, ref at);
            var (field, kind) = ((int)(tag >> 3), (int)(tag & 7));
            switch (kind)
            {
                case 0: read._fields.Add((field, Varint(message.Span, ref at), default)); break;
                case 1: read._fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(message.Span[at..]), default)); at += 8; break;
                case 2:
                    var length = (int)Varint(message.Span, ref at);
                    read._fields.Add((field, 0, message.Slice(at, length)));
                    at += length;
                    break;
                case 5: read._fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(message.Span[at..]), default)); at += 4; break;
                default: throw new InvalidDataException($"Field {field} is of the unknown kind {kind}.");
            }
        }
        return read;
    }

    public IEnumerable<ReadOnlyMemory<byte>> All(int field) => _fields.Where(f => f.Field == field).Select(f => f.Bytes);

    /// <returns>Empty if it is missing, as protobuf has it.</returns>
    public string Text(int field) => Encoding.UTF8.GetString(All(field).SingleOrDefault().Span);

    public ulong Number(int field) => _fields.SingleOrDefault(f => f.Field == field).Number;

    static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
