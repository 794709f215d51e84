using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Carillon.Contacts;

/// <summary>What a law says of calls, as a rule. Laws change, and whether one concerns a campaign is for its lawyers to say.</summary>
/// <param name="Source">Where it is written.</param>
/// <param name="Note">What the rule leaves out or takes stricter.</param>
public sealed record ContactLaw(string Id, string Title, string Source, string Note, ContactRule Rule);

/// <summary>The laws that come with Carillon, as data.</summary>
public static class ContactLaws
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    static readonly ImmutableDictionary<string, ContactLaw> Laws = Load().ToImmutableDictionary(l => l.Id, StringComparer.Ordinal);

    public static ImmutableArray<ContactLaw> All => [.. Laws.Values.OrderBy(l => l.Id, StringComparer.Ordinal)];

    public static ContactLaw? Find(string id) => Laws.GetValueOrDefault(id);

    static ContactLaw[] Load()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("Contacts/laws.json")!;
        return JsonSerializer.Deserialize<ContactLaw[]>(file, Json)!;
    }
}
