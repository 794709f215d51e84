using System.Text.Json;
using System.Text.Json.Serialization;

namespace Carillon.Api.Json;

/// <summary>A value that is one piece of text in JSON. What <paramref name="parse"/> says of bad text reaches the sender.</summary>
sealed class TextConverter<T>(Func<string, T> parse, Func<T, string> format) : JsonConverter<T> where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException();
        try
        {
            return parse(reader.GetString()!);
        }
        catch (FormatException bad)
        {
            throw new JsonException(null, bad);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(format(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => parse(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(format(value));
}
