using Orleans;

namespace Carillon.Leads;

/// <summary>What decides when a lead's turn is, beside the time at which it is due. See the same fields of <see cref="Lead"/>.</summary>
[GenerateSerializer, Immutable]
public sealed record LeadPlace
{
    public static readonly LeadPlace Default = new();

    [Id(0)] public int Priority { get; init; }
    [Id(1)] public int? CallOrder { get; init; }
    [Id(2)] public double? Chance { get; init; }
    [Id(3)] public AgentId? Agent { get; init; }
    [Id(4)] public string List { get; init; } = "";
}
