using Carillon.Api.Access;
using Carillon.Users;
using Microsoft.AspNetCore.Authorization;

namespace Carillon.Api.Pages;

/// <summary>The least role that a page is open to. Checked at the door by the same handler as the API's, and again by <see cref="PageGate"/> when somebody walks on inside.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForAttribute(Role role) : Attribute, IAuthorizationRequirementData
{
    public Role Role { get; } = role;

    IEnumerable<IAuthorizationRequirement> IAuthorizationRequirementData.GetRequirements() => [new LeastRole(Role, WithGivenPassword: false)];
}
