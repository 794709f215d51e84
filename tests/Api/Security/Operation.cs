using System.Text.Json.Nodes;
using Carillon.Users;

namespace Carillon.Api.Tests.Security;

/// <summary>One operation of the OpenAPI document.</summary>
/// <param name="Least">The least role; null: open to all.</param>
sealed record Operation(HttpMethod Method, string Path, Role? Least, JsonNode Description)
{
    public bool Changes => Method != HttpMethod.Get;

    public override string ToString() => $"{Method} {Path}";

    public static async Task<List<Operation>> All(TestNode node)
    {
        var document = JsonNode.Parse(await node.Nobody().GetStringAsync("/openapi/v1.json"))!;
        return
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               let role = operation.Value!["x-carillon-role"]?.GetValue<string>()
               select new Operation(new(operation.Key.ToUpperInvariant()), path.Key, role is null ? null : Enum.Parse<Role>(role), operation.Value),
        ];
    }
}
