using System.Collections.Immutable;
using System.Globalization;
using Carillon.Campaigns;
using Carillon.Pacing;
using Carillon.Pacing.WhatIf;

namespace Carillon.Api.Campaigns.WhatIf;

/// <summary>What supervisors read of it.</summary>
static class WhatIfWords
{
    public static string Why(WhatIfSide present, WhatIfSide asked, WhatIfFacts facts)
    {
        if (ReferenceEquals(present, asked))
            return Text($"With {Agents(present)} and {Pace(present)}, agents are busy {Busy(present)} of the time, {Abandoned(present)} of those who answer are abandoned, {Talks(present)} people an hour are talked to, and the list is through {Finish(present, facts)}.{Recovery(present)}");
        return Text($"With {Changes(present, asked)}, agents would be busy {Instead(Busy)} of the time, {Instead(Abandoned)} of those who answer would be abandoned, {Instead(Talks)} people an hour would be talked to, and the list would be through {Instead(s => Finish(s, facts))}.{Recovery(asked)}");

        string Instead(Func<WhatIfSide, string> of) => of(asked) == of(present) ? of(asked) : $"{of(asked)} instead of {of(present)}";
    }

    static string Changes(WhatIfSide present, WhatIfSide asked)
    {
        var changes = new List<string>();
        if (asked.Agents != present.Agents) changes.Add(Text($"{Agents(asked)} instead of {present.Agents}"));
        if (Pace(asked) != Pace(present)) changes.Add($"{Pace(asked)} instead of {Pace(present)}");
        if (asked.Channels != present.Channels) changes.Add(Text($"{asked.Channels} channels instead of {present.Channels}"));
        if (asked.AnswerTimes != present.AnswerTimes) changes.Add(Text($"{asked.AnswerTimes:0.##} times as many people answering"));
        return changes.Count == 0 ? "the same" : string.Join(", ", changes);
    }

    public static string Never(ListFate fate) => fate switch
    {
        ListFate.NoLeads => "No lead is left to be called.",
        ListFate.NoCalls => "No calls are placed.",
        ListFate.NeverOpen => "The campaign's hours end before the list does.",
        _ => "It takes longer than three years.",
    };

    public static ImmutableArray<string> Assumes(WhatIfFacts facts, params ReadOnlySpan<WhatIfSide> sides)
    {
        var sentences = ImmutableArray.CreateBuilder<string>();
        sentences.Add(facts.History.AgentsFrom == AgentsFrom.Queue
            ? "The agents are at work whenever the campaign is open, without breaks, and for this campaign alone: no other campaigns and no inbound callers."
            : "Nobody is at work in the queue now: the agents are those who took a call on the last day with calls. They are at work whenever the campaign is open, without breaks, and for this campaign alone: no other campaigns and no inbound callers.");
        sentences.Add("People answer, and talks take as long, as in the campaign's last records.");
        sentences.Add("The list stays as it is: no new leads, and no callbacks beyond those that are due. Called people's own hours and caps on their numbers are not looked at.");
        if (facts.History.WrapUpFrom == WrapUpFrom.Config)
            sentences.Add(Text($"Too few wrap-ups were seen since the queue was taken up: each takes {facts.Basis.WrapUps[0]:0} s, as the queue's config says. Say wrapUp if that is wrong."));
        foreach (var side in sides)
        {
            if (side.Agents <= FloorSetting.LargestFloor) continue;
            sentences.Add(Text($"More than {FloorSetting.LargestFloor} agents are simulated as {FloorSetting.LargestFloor} and scaled up: they would be a little busier than that."));
            break;
        }
        return sentences.ToImmutable();
    }

    static string Agents(WhatIfSide s) => s.Agents == 1 ? "1 agent" : Text($"{s.Agents} agents");

    static string Pace(WhatIfSide s) => s.Mode switch
    {
        PacingMode.Predictive => Text($"a cap of {s.AbandonmentCap:0.##%}"),
        PacingMode.Ratio => Text($"a ratio of {s.Ratio:0.##} ({s.RatioOf})"),
        _ => "one call for each free agent",
    };

    static string Busy(WhatIfSide s) => Text($"{s.Utilisation.Expected:0%}");

    static string Abandoned(WhatIfSide s) => Text($"{s.AbandonedShare.Expected:0.0%}");

    static string Talks(WhatIfSide s) => Text($"{s.TalksPerHour.Expected:0}");

    static string Finish(WhatIfSide s, WhatIfFacts facts) => s.Finish.At is { } at
        ? Text($"on {TimeZoneInfo.ConvertTime(at, facts.Zone):ddd d MMM yyyy HH:mm}")
        : "at no time that can be told (" + char.ToLowerInvariant(s.Finish.Why![0]) + s.Finish.Why[1..^1] + ")";

    static string Recovery(WhatIfSide s) => s.Recovery switch
    {
        null or { Hours: < 0.1 } => "",
        { Hours: { } hours } => Text($" But first {s.Recovery.Answers} people have to answer without anybody being abandoned, since more were over the cap's window than it allows: for some {hours:0.#} open hours there would be one call for each free agent, and agents busy {s.Recovery.Utilisation:0%}."),
        _ => " But first what was abandoned beyond the cap has to be made good, and it never is: nobody answers.",
    };

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
