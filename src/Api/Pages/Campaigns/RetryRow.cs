using System.Collections.Immutable;
using Carillon.Api.Pages.Forms;
using Carillon.Calls;
using Carillon.Leads;

namespace Carillon.Api.Pages.Campaigns;

/// <summary>A rule of how leads are called again, as it is being written.</summary>
sealed class RetryRow
{
    /// <summary>Rules in place of the schedule's columns, then those of outcomes; named as in JSON.</summary>
    public const string Unanswered = "unanswered", Answered = "answered";

    public static readonly ImmutableArray<string> All = [Unanswered, Answered, .. Enum.GetNames<Outcome>()];

    public required string For { get; set; }
    public int Attempts { get; set; } = 3;
    public double Minutes { get; set; } = 60;
    public double Growth { get; set; } = 1;
    public double? LongestMinutes { get; set; }
    public bool OtherNumber { get; set; }
    public string Final { get; set; } = "";

    /// <summary>Of the field in JSON, within the campaign.</summary>
    public string Path => For is Unanswered or Answered ? $"retries.{For}" : $"retries.outcomes.{For}";

    RetryRule Rule => new()
    {
        Attempts = Attempts,
        Interval = Spans.Minutes(Minutes),
        Growth = Growth,
        LongestInterval = LongestMinutes is { } longest ? Spans.Minutes(longest) : null,
        OtherNumber = OtherNumber,
        Final = Final.Length == 0 ? null : Enum.Parse<LeadStatus>(Final),
    };

    public static List<RetryRow> Of(RetryConfig config) =>
    [
        .. config.Unanswered is { } unanswered ? [Of(Unanswered, unanswered)] : Array.Empty<RetryRow>(),
        .. config.Answered is { } answered ? [Of(Answered, answered)] : Array.Empty<RetryRow>(),
        .. config.Outcomes.OrderBy(o => o.Key).Select(o => Of(o.Key.ToString(), o.Value)),
    ];

    public static RetryConfig Config(IReadOnlyCollection<RetryRow> rows) => new()
    {
        Unanswered = rows.FirstOrDefault(r => r.For == Unanswered)?.Rule,
        Answered = rows.FirstOrDefault(r => r.For == Answered)?.Rule,
        Outcomes = rows.Where(r => r.For is not (Unanswered or Answered)).ToImmutableDictionary(r => Enum.Parse<Outcome>(r.For), r => r.Rule),
    };

    static RetryRow Of(string what, RetryRule rule) => new()
    {
        For = what,
        Attempts = rule.Attempts,
        Minutes = rule.Interval.TotalMinutes,
        Growth = rule.Growth,
        LongestMinutes = rule.LongestInterval?.TotalMinutes,
        OtherNumber = rule.OtherNumber,
        Final = rule.Final?.ToString() ?? "",
    };
}
