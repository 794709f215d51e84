using Carillon.Api.Access;
using Carillon.Api.Problems;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Numbers;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Mvc;

namespace Carillon.Api.Calls;

/// <summary>Which calls to list; what is left out does not filter.</summary>
sealed class CallQuery
{
    public const string Newest = "newest", Oldest = "oldest";

    /// <summary>One or several campaigns.</summary>
    [FromQuery(Name = "campaign")] public string[] Campaign { get; init; } = [];
    /// <summary>Begun at or after.</summary>
    [FromQuery(Name = "from")] public DateTimeOffset? From { get; init; }
    /// <summary>Begun before.</summary>
    [FromQuery(Name = "to")] public DateTimeOffset? To { get; init; }
    [FromQuery(Name = "outcome")] public string[] Outcome { get; init; } = [];
    /// <summary>International, with plus.</summary>
    [FromQuery(Name = "number")] public string? Number { get; init; }
    [FromQuery(Name = "agent")] public string? Agent { get; init; }
    /// <summary>The id of the server that placed it.</summary>
    [FromQuery(Name = "server")] public string? Server { get; init; }
    /// <summary>The id of the trunk that it went by.</summary>
    [FromQuery(Name = "trunk")] public string? Trunk { get; init; }
    /// <summary>newest (default) or oldest first.</summary>
    [FromQuery(Name = "order")] public string? Order { get; init; }

    /// <returns>Null: the caller may see none of it.</returns>
    public async Task<AttemptFilter?> Filter(Caller caller, ConfigStore<CampaignConfig> campaigns, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        var outcomes = Outcomes(errors);
        // In an address a plus that is not encoded reads as a blank.
        var number = Number is null ? null : "+" + Number.Trim().TrimStart('+');
        errors.AddIf(number is not null && (number.Length is < 3 or > 16 || number.AsSpan(1).ContainsAnyExceptInRange('0', '9')), "number", "A number is international, such as +74959898533.");
        errors.AddIf(From >= To, "to", "The end must be after the beginning.");
        errors.AddIf(Order is not (null or Newest or Oldest), "order", "The order is newest or oldest.");
        errors.ThrowIfAny();
        var filter = new AttemptFilter
        {
            Campaigns = [.. Campaign.Select(c => new CampaignId(c))],
            From = From,
            To = To,
            Outcomes = [.. outcomes],
            Number = number is null ? null : new PhoneNumber(number),
            Agent = Agent is null ? null : new AgentId(Agent),
            Server = Server is null ? null : new ServerId(Server),
            Trunk = Trunk is null ? null : new TrunkId(Trunk),
            OldestFirst = Order == Oldest,
        };
        if (caller.IsAdministrator) return filter;
        if (caller.Role == Role.Operator) return caller.Agent is { } own && (filter.Agent is null || filter.Agent == own) ? filter with { Agent = own } : null;

        var visible = (await campaigns.ListAsync(caller.Groups, cancel)).Select(c => new CampaignId(c.Id));
        var asked = filter.Campaigns.IsEmpty ? [.. visible] : visible.Intersect(filter.Campaigns).ToArray();
        return asked.Length == 0 ? null : filter with { Campaigns = [.. asked] };
    }

    List<Outcome> Outcomes(FieldErrors errors)
    {
        var found = new List<Outcome>();
        foreach (var word in Outcome)
        {
            if (Enum.TryParse<Outcome>(word, ignoreCase: true, out var outcome) && !char.IsAsciiDigit(word[0])) found.Add(outcome);
            else errors.Add("outcome", $"There is no outcome {word}; there are {string.Join(", ", Enum.GetNames<Outcome>())}.");
        }
        return found;
    }
}
