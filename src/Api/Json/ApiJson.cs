using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Carillon.Servers;
using Carillon.Storage;

namespace Carillon.Api.Json;

/// <summary>JSON as the API speaks it: camelCase, enums in whole words, durations and times of day as text, strict about what it is sent.</summary>
public static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Create(JsonIgnoreCondition.Never);

    /// <summary>For lines of which each says one thing: what is null is left out.</summary>
    public static JsonSerializerOptions Lines { get; } = Create(JsonIgnoreCondition.WhenWritingNull);

    static JsonSerializerOptions Create(JsonIgnoreCondition ignore)
    {
        var options = new JsonSerializerOptions { DefaultIgnoreCondition = ignore };
        Configure(options);
        options.MakeReadOnly();
        return options;
    }

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 16;
        // JSON of ours is never put into a page as it is: names and numbers stay readable.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new TextConverter<TimeSpan>(ParseDuration, value => value.ToString("c")));
        options.Converters.Add(new TextConverter<TimeOnly>(ParseTime, value => value.ToString(value.Second == 0 ? "HH:mm" : "HH:mm:ss", Invariant)));
        // The converters above come first and so win over the more lenient ones of the store.
        CarillonJson.Configure(options);
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { HideSecrets } };
    }

    static readonly System.Globalization.CultureInfo Invariant = System.Globalization.CultureInfo.InvariantCulture;

    /// <summary>Secrets can be written and never read out. In an edit, a secret that is left out stays as it is.</summary>
    static void HideSecrets(JsonTypeInfo type)
    {
        if (type.Type != typeof(ServerConfig)) return;
        foreach (var property in type.Properties.Where(p => p.Name == "secret"))
        {
            property.ShouldSerialize = static (_, _) => false;
            property.IsRequired = false;
        }
    }

    static TimeSpan ParseDuration(string text) => TimeSpan.TryParseExact(text, ["c", @"h\:mm", @"h\:mm\:ss"], Invariant, out var value)
        ? value
        : throw new FormatException("A duration is written hours:minutes:seconds, such as 00:03:00.");

    static TimeOnly ParseTime(string text) => TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], Invariant, System.Globalization.DateTimeStyles.None, out var value)
        ? value
        : throw new FormatException("A time of day is written hours:minutes, such as 09:30.");
}
