using Carillon.Api.Configs;
using Carillon.Api.Users;
using Carillon.Config;
using Carillon.Users;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Carillon.Api.Pages.Users;

public sealed partial class UserPage
{
    static readonly string[] Fields = ["login", "name", "role", "agent", "groups"];
    static readonly string[] Shown = [.. Fields, .. Fields.Select(f => "config." + f), "password"];

    Stored<UserConfig>? _user;
    IReadOnlyList<Stored<GroupConfig>> _groups = [];
    HashSet<string> _chosen = [];
    string _login = "", _name = "", _agent = "", _password = "";
    Role _role;
    bool _disabled, _ready;

    /// <summary>Null: a new one.</summary>
    [Parameter] public string? Id { get; set; }
    [Inject] internal UserDesk Users { get; set; } = null!;
    [Inject] internal ConfigDesk<GroupConfig> Groups { get; set; } = null!;
    [Inject] DialogService Dialogs { get; set; } = null!;

    protected override async Task OnInitializedAsync() => _ready = await Do(async (caller, cancel) =>
    {
        _groups = [.. (await Groups.List(caller, cancel)).Where(g => caller.Owns(g.Id))];
        if (Id is null) return;
        _user = await Users.Get(caller, Id, cancel);
        var c = _user.Config;
        (_login, _name, _role, _agent, _disabled, _chosen) = (c.Login, c.Name ?? "", c.Role, c.Agent?.Value ?? "", c.Disabled, [.. c.Groups]);
    });

    async Task Save()
    {
        var config = (_user?.Config ?? new() { Login = "", Role = Role.Operator }) with
        {
            Login = _login.Trim(),
            Name = string.IsNullOrWhiteSpace(_name) ? null : _name.Trim(),
            Role = _role,
            Agent = string.IsNullOrWhiteSpace(_agent) ? null : new AgentId(_agent.Trim()),
            Groups = [.. _chosen.Order(StringComparer.Ordinal)],
            Disabled = _disabled,
        };
        var password = _password.Length == 0 ? null : _password;
        var done = await Do(async (caller, cancel) =>
        {
            if (_user is null)
            {
                await Users.Create(caller, new(config, password), cancel);
                return;
            }
            await Users.Edit(caller, _user.Id, config, _user.Version, cancel, password);
        });
        if (!done) return;
        Say(W["{0} is saved.", config.Login]);
        Navigation.NavigateTo("/users");
    }

    async Task Delete()
    {
        var sure = await Dialogs.Confirm(W["Delete {0}? This cannot be undone.", _user!.Config.Login], W["Delete"], new() { OkButtonText = W["Delete"], CancelButtonText = W["Back"] });
        if (sure == true && await Do((caller, cancel) => Users.Delete(caller, _user.Id, _user.Version, cancel))) Navigation.NavigateTo("/users");
    }

    /// <summary>When one is made, the API names its fields within <c>config</c>.</summary>
    string Of(string field) => Problem(field) + Problem("config." + field);
}
