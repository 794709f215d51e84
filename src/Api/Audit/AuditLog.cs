using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Api.Access;
using Carillon.Api.Json;
using Carillon.Servers;
using Carillon.Storage;

namespace Carillon.Api.Audit;

/// <summary>Who did what, from where. A change is told field by field, from what to what; secrets only as changed.</summary>
sealed class AuditLog(AuditStore store)
{
    public Task Changed<T>(Caller caller, string kind, string id, T? before, T? after) where T : class
    {
        var action = before is null ? "create" : after is null ? "delete" : "edit";
        return Append(caller, action, kind, id, new JsonObject { ["changes"] = Changes(before, after) });
    }

    public Task Done(Caller caller, string action, string kind, string id, object? detail = null) =>
        Append(caller, action, kind, id, detail is null ? null : JsonSerializer.SerializeToNode(detail, ApiJson.Options));

    /// <summary>Somebody who is not signed in was turned away.</summary>
    public Task Refused(string action, string? user, string address) =>
        store.AppendAsync(new() { Action = action, Address = address, Kind = "user", Target = user });

    Task Append(Caller caller, string action, string kind, string id, JsonNode? detail) => store.AppendAsync(new()
    {
        User = caller.Name,
        Address = caller.From,
        Action = action,
        Kind = kind,
        Target = id,
        Detail = detail?.ToJsonString(ApiJson.Options),
    });

    static JsonObject Changes<T>(T? before, T? after) where T : class
    {
        var (old, now) = (Fields(before), Fields(after));
        var changes = new JsonObject();
        foreach (var field in old.Select(f => f.Key).Union(now.Select(f => f.Key)))
        {
            var (from, to) = (old[field], now[field]);
            if (!JsonNode.DeepEquals(from, to)) changes[field] = new JsonArray(from?.DeepClone(), to?.DeepClone());
        }
        if ((before as ServerConfig)?.Secret != (after as ServerConfig)?.Secret) changes["secret"] = "changed";
        return changes;
    }

    static JsonObject Fields<T>(T? config) where T : class =>
        config is null ? [] : JsonSerializer.SerializeToNode(config, ApiJson.Options)!.AsObject();
}
