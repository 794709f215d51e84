using Carillon.Agents;
using Carillon.Api.Agents;
using Carillon.Api.Configs;
using Carillon.Api.Floor;
using Carillon.Config;
using Carillon.Queues;
using Microsoft.AspNetCore.Components;

namespace Carillon.Api.Pages.Agents;

/// <summary>All agents. Hundreds change each second, so a look is gone through once for all rows, and only those in sight are drawn.</summary>
public sealed partial class AgentsPage
{
    string _text = "", _place = "";
    List<(QueueAgent Agent, AgentPlace Place)> _shown = [];
    ILookup<AgentId, string> _queues = Array.Empty<string>().ToLookup(_ => default(AgentId));
    Dictionary<string, Stored<AgentConfig>> _configured = [];

    [Inject] internal AgentDesk Desk { get; set; } = null!;
    [Inject] internal ConfigDesk<AgentConfig> Agents { get; set; } = null!;

    /// <summary>Configured ones of whom no queue knows.</summary>
    List<Stored<AgentConfig>> Unseen { get; set; } = [];

    protected override Task OnInitializedAsync() => Do(async (caller, cancel) =>
    {
        _configured = (await Agents.List(caller, cancel)).ToDictionary(a => a.Id);
        Looked();
    });

    protected override void Looked()
    {
        _queues = Look.Queues.SelectMany(q => q.Snapshot.Agents.Select(a => (a.Agent, q.Name))).ToLookup(a => a.Agent, a => a.Name);
        Unseen = [.. _configured.Values.Where(c => !_queues.Contains(new(c.Id)))];
        Filter();
    }

    /// <summary>They come by name; who is logged out stands last.</summary>
    void Filter()
    {
        var text = _text.Trim();
        var found = Look.Agents.Select(a => (a.Agent, Place: a.Agent.Place()))
            .Where(a => (text.Length == 0 || NameOf(a.Agent).Contains(text, StringComparison.CurrentCultureIgnoreCase)) && (_place.Length == 0 || a.Place.ToString() == _place)).ToLookup(a => a.Place == AgentPlace.LoggedOut);
        _shown = [.. found[false], .. found[true]];
    }

    /// <summary>What people call them, rather than what the queue in Asterisk does.</summary>
    string NameOf(QueueAgent agent) => _configured.GetValueOrDefault(agent.Agent.Value)?.Config.Name ?? agent.Name;

    string Href(QueueAgent agent) => _configured.ContainsKey(agent.Agent.Value) ? AgentPage.Href(agent.Agent.Value) : AgentPage.HrefOfNew(agent);

    Task<bool> SetPaused(QueueAgent agent, bool paused) => Do((caller, cancel) => Desk.SetPaused(caller, agent.Agent.Value, paused, paused ? "supervisor" : null, cancel), notice: true);

    static string Style(AgentPlace place) => place switch
    {
        AgentPlace.Talking => "accent",
        AgentPlace.Free => "good",
        AgentPlace.Ringing or AgentPlace.WrappingUp or AgentPlace.Paused => "warn",
        _ => "",
    };
}
