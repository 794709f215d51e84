using System.Collections.Immutable;
using System.Security.Claims;
using Carillon.Api.Problems;
using Carillon.Users;
using Microsoft.AspNetCore.Http;

namespace Carillon.Api.Access;

/// <summary>Who asks, and what is theirs. The one place that says who may see and change what; endpoints name their least <see cref="Role"/>.</summary>
public sealed record Caller
{
    public required string UserId { get; init; }
    /// <summary>As the audit log names them: the login, or the login and the key.</summary>
    public required string Name { get; init; }
    public required Role Role { get; init; }
    public ImmutableArray<string> Groups { get; init; } = [];
    /// <summary>The agent that the caller is.</summary>
    public AgentId? Agent { get; init; }
    /// <summary>Where the request came from.</summary>
    public required string From { get; init; }

    public bool IsAdministrator => Role == Role.Administrator;

    /// <exception cref="Refusal">403: they have a lesser role.</exception>
    public void Needs(Role least)
    {
        if (Role < least) throw Refusal.Forbidden($"This needs the role {least}.");
    }

    /// <summary>What has no group is for administrators; what has one, for the supervisors of that group.</summary>
    public bool Owns(string? group) => IsAdministrator || (Role == Role.Supervisor && group is not null && Groups.Contains(group));

    /// <summary>A supervisor may change operators who have groups, and these only groups of the supervisor's.</summary>
    public bool Owns(UserConfig user) =>
        IsAdministrator || (Role == Role.Supervisor && user.Role == Role.Operator && user.Groups.Length > 0 && user.Groups.All(Groups.Contains));

    public bool Sees(UserConfig user) => Owns(user) || (Role == Role.Supervisor && user.Groups.Any(Groups.Contains));

    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult<Caller?>(Of(http));

    public static Caller Of(HttpContext http) => Of(http.User, Address(http));

    public static Caller Of(ClaimsPrincipal user, string from) => new()
    {
        UserId = user.FindFirstValue(Claims.User)!,
        Name = user.FindFirstValue(Claims.Name)!,
        Role = Enum.Parse<Role>(user.FindFirstValue(Claims.Role)!),
        Groups = [.. user.FindAll(Claims.Group).Select(c => c.Value)],
        Agent = user.FindFirstValue(Claims.Agent) is { } agent ? new AgentId(agent) : null,
        From = from,
    };

    public static string Address(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "local";
}
