using Carillon.Api.Access;
using Carillon.Api.Agents;
using Carillon.Api.Problems;
using Carillon.Config;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Api.Users;

sealed class UserRules(UserStore users, ConfigStore<GroupConfig> groups, SeenAgents agents)
{
    public async Task<FieldErrors> Check(UserConfig config, Caller caller, string path, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        if (errors.Text(config.Login, path + "login", 64))
            errors.AddIf(config.Login.Any(char.IsWhiteSpace), path + "login", "A login has no spaces.");
        if (config.Name is not null) errors.Text(config.Name, path + "name");
        errors.AddIf(!caller.IsAdministrator && config.Role != Role.Operator, path + "role", "A supervisor makes operators only.");
        errors.AddIf(config.Role == Role.Supervisor && config.Groups.IsDefaultOrEmpty, path + "groups", "A supervisor needs at least one group.");
        if (!caller.IsAdministrator) errors.AddIf(config.Groups.IsDefaultOrEmpty, path + "groups", "Name at least one group of yours.");
        var known = (await groups.GetManyAsync(config.Groups, cancel)).Select(g => g.Id).ToHashSet();
        for (var i = 0; i < config.Groups.Length; i++)
        {
            var group = config.Groups[i];
            if (!known.Contains(group) || (!caller.IsAdministrator && !caller.Groups.Contains(group))) errors.Add($"{path}groups[{i}]", $"There is no group {group}.");
        }
        // Through the agent an operator reads calls: a supervisor can only give away what they see themselves.
        if (config.Agent is { } agent && !caller.IsAdministrator && !(await agents.By(caller, cancel)).Contains(agent))
            errors.Add(path + "agent", $"There is no agent {agent}.");
        return errors;
    }

    /// <exception cref="Refusal">409 if this is the last administrator who can sign in.</exception>
    public async Task KeepAnAdministrator(Stored<UserConfig> user, CancellationToken cancel)
    {
        if (!IsActiveAdministrator(user.Config)) return;
        if (!(await users.ListAsync(cancel)).Exists(u => u.Id != user.Id && IsActiveAdministrator(u.Config)))
            throw Refusal.Conflict($"{user.Config.Login} is the last administrator; make another one first.");
    }

    static bool IsActiveAdministrator(UserConfig user) => user is { Role: Role.Administrator, Disabled: false };
}
