using System.Collections.Immutable;
using Carillon.Campaigns;
using Carillon.Pacing;
using Carillon.Pacing.WhatIf;

namespace Carillon.Api.Campaigns.WhatIf;

/// <param name="Present">As the campaign is set now.</param>
/// <param name="Asked">As it would be; the same if nothing was asked to change.</param>
/// <param name="History">What both rest on.</param>
/// <param name="Assumes">What is taken for granted, in sentences.</param>
/// <param name="Why">Both in one sentence.</param>
sealed record WhatIfAnswer(WhatIfSide Present, WhatIfSide Asked, WhatIfHistory History, ImmutableArray<string> Assumes, string Why);

/// <summary>One setting and what it comes to. Shares are 0 to 1; of each figure what is expected, and between what nine in ten such runs lie.</summary>
/// <param name="Ratio">Null unless the mode is Ratio.</param>
/// <param name="AbandonmentCap">Null unless it is Predictive.</param>
/// <param name="Channels">The campaign's, or those of its trunks if they have fewer.</param>
/// <param name="Utilisation">Talk and wrap-up of the agents' time at work.</param>
/// <param name="AbandonedShare">Of the calls that people answered.</param>
/// <param name="TalksPerHour">People who reach an agent, in an open hour.</param>
/// <param name="Recovery">Set if more was abandoned over the window than the cap allows: until that is made good, nothing is risked, and only then the figures hold.</param>
sealed record WhatIfSide(
    int Agents, PacingMode Mode, double? Ratio, RatioOf? RatioOf, double? AbandonmentCap, int Channels, double AnswerTimes,
    Spread Utilisation, Spread AbandonedShare, Spread CallsPerHour, Spread TalksPerHour, WhatIfFinish Finish, WhatIfRecovery? Recovery);

/// <param name="At">When the last call of the list is placed; null: never, or too far to tell.</param>
/// <param name="Earliest">Of all runs; null if none ended.</param>
/// <param name="Latest">Null if one did not end.</param>
/// <param name="Why">Why there is no time.</param>
sealed record WhatIfFinish(DateTimeOffset? At, DateTimeOffset? Earliest, DateTimeOffset? Latest, string? Why);

/// <param name="Answers">So many people have to answer before anybody may be abandoned again.</param>
/// <param name="Hours">Open hours that this takes; null: it never comes to that.</param>
/// <param name="Utilisation">Meanwhile.</param>
sealed record WhatIfRecovery(long Answers, double? Hours, double Utilisation);

/// <param name="Records">Call records, the last ones.</param>
/// <param name="Answered">Of these, the ones that people answered.</param>
/// <param name="From">When the first of them was placed.</param>
/// <param name="AnswerChance">The share that was answered.</param>
/// <param name="AgentsFrom">How the number of agents of now is known.</param>
/// <param name="WrapUpFrom">How wrap-ups are known.</param>
/// <param name="LeadsLeft">Leads that have a next time.</param>
sealed record WhatIfHistory(
    int Records, int Answered, DateTimeOffset From, DateTimeOffset To, double AnswerChance, AgentsFrom AgentsFrom, WrapUpFrom WrapUpFrom, long LeadsLeft);

enum AgentsFrom
{
    /// <summary>Members of the queue who are logged in and not paused.</summary>
    Queue,
    /// <summary>Nobody is there now: those who took a call on the last day with calls.</summary>
    LastDay,
}

enum WrapUpFrom
{
    /// <summary>Seen of the queue's agents.</summary>
    Seen,
    /// <summary>The wrap-up of the queue's config.</summary>
    Config,
    Request,
}
