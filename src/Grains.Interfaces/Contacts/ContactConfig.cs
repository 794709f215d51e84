using System.Collections.Immutable;
using Orleans;

namespace Carillon.Contacts;

/// <summary>When and how often a campaign calls a number, besides what holds for all campaigns (<see cref="ContactRuleConfig"/>).</summary>
[GenerateSerializer, Immutable]
public sealed record ContactConfig
{
    /// <summary>Laws by their id, such as <c>RU-230-FZ</c> (<see cref="ContactLaws"/>).</summary>
    [Id(0)] public ImmutableArray<string> Laws { get; init; } = [];
    /// <summary>The campaign's own hours, quiet periods and caps. Null: none.</summary>
    [Id(1)] public ContactRule? Rule { get; init; }
    /// <summary>The list's column that tells a lead's time zone (<c>Asia/Omsk</c>, <c>UTC+6</c>, <c>МСК+3</c>). Null, or nothing readable in it: the number tells.</summary>
    [Id(2)] public string? ZoneColumn { get; init; }
    /// <summary>
    /// The zone of numbers that may be in several, such as mobile ones. Null (default): they are called only when it is allowed in all of these. A number of which
    /// nothing is known goes by this zone, else by the schedule's.
    /// </summary>
    [Id(3)] public string? FallbackZone { get; init; }
}

/// <summary>A rule of contact that all campaigns obey.</summary>
[GenerateSerializer, Immutable]
public sealed record ContactRuleConfig
{
    /// <summary>Shown to people; unique.</summary>
    [Id(0)] public required string Name { get; init; }
    /// <summary>Laws by their id, such as <c>RU-230-FZ</c> (<see cref="ContactLaws"/>).</summary>
    [Id(1)] public ImmutableArray<string> Laws { get; init; } = [];
    [Id(2)] public ContactRule? Rule { get; init; }
}
