using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Numbers;

namespace Carillon.Storage;

/// <summary>How records are written as JSON, in the store and on the wire: camel case, enums as words, keys and numbers as plain strings.</summary>
public static class CarillonJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Adds what our records need to options that somebody else made.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new WordConverter<CampaignId>(v => new(v)));
        options.Converters.Add(new WordConverter<ServerId>(v => new(v)));
        options.Converters.Add(new WordConverter<TrunkId>(v => new(v)));
        options.Converters.Add(new WordConverter<QueueId>(v => new(v)));
        options.Converters.Add(new WordConverter<ScheduleId>(v => new(v)));
        options.Converters.Add(new WordConverter<AgentId>(v => new(v)));
        options.Converters.Add(new WordConverter<DispositionId>(v => new(v)));
        options.Converters.Add(new WordConverter<AttemptId>(v => new(v)));
        options.Converters.Add(new WordConverter<PhoneNumber>(v => new(v)));
    }

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <exception cref="JsonException">The text is not what <typeparamref name="T"/> looks like; the message names the path.</exception>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"Expected a {typeof(T).Name}, found null.");

    static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            IgnoreReadOnlyProperties = true,
        };
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    sealed class WordConverter<T>(Func<string, T> parse) : JsonConverter<T> where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? parse(reader.GetString()!) : throw new JsonException($"Expected a string for {typeof(T).Name}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => parse(reader.GetString()!);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString()!);
    }
}
