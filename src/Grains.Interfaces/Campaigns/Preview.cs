using Carillon.Leads;
using Orleans;

namespace Carillon.Campaigns;

/// <summary>What an agent of a campaign in Preview mode sees.</summary>
[GenerateSerializer, Immutable]
public sealed record Preview
{
    /// <summary>The lead that is shown to this agent, and to no other. Null: none yet, or it is being called.</summary>
    [Id(0)] public Lead? Lead { get; init; }
    /// <summary>When it is dialed by itself.</summary>
    [Id(1)] public DateTimeOffset? DialAt { get; init; }
    /// <summary>Why there is none, in one sentence.</summary>
    [Id(2)] public string? Why { get; init; }
}

/// <summary>The answer to dial or skip. <see cref="Refusal"/> is null if it was carried out, else one sentence that says why not.</summary>
[GenerateSerializer, Immutable]
public sealed record PreviewResult([property: Id(0)] string? Refusal = null)
{
    public static readonly PreviewResult Done = new();
}
