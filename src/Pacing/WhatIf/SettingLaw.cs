using Carillon.Pacing.Evidence;
using Carillon.Pacing.Floor;

namespace Carillon.Pacing.WhatIf;

/// <summary>The product's law of a mode, within the campaign's channels. It is asked at every step of a run, so it is where a run that nobody wants any more ends.</summary>
sealed class SettingLaw(FloorSetting setting, QuickLaw? predictive, double settling, CancellationToken cancel) : IFloorLaw
{
    readonly PacingConfig _progressive = new() { Channels = setting.Channels };
    readonly double _abandonsLeft = predictive?.Evidence.AbandonsLeft ?? 0;
    bool _settled;

    public int Decide(FloorView view)
    {
        cancel.ThrowIfCancellationRequested();
        if (!_settled && view.Now >= settling)
        {
            _settled = true;
            predictive?.Forget(view.Now, _abandonsLeft);
        }
        var (ringing, waiting) = (view.Ringing.Count, view.Waiting);
        var calls = ringing + waiting + Talking(view);
        return setting.Mode switch
        {
            FloorMode.Predictive => Math.Min(predictive!.Decide(view), Math.Max(0, setting.Channels - calls)),
            FloorMode.Ratio => RatioRules.Decide(setting.Ratio, setting.RatioOf, view.Idle - waiting, view.LoggedIn, ringing, calls, setting.Channels - calls),
            _ => PacingRules.Decide(
                new() { ScheduleOpen = true, AgentsLoggedIn = view.LoggedIn, AgentsFree = view.Idle, Underway = ringing + waiting, CampaignCalls = calls }, _progressive).Calls,
        };
    }

    public void Answered(FloorView view, double rang) => predictive?.Answered(view, rang);

    public void NotAnswered(FloorView view, double rang) => predictive?.NotAnswered(view, rang);

    public void Failed(FloorView view, double rang) => predictive?.Failed(view, rang);

    public void Abandoned(FloorView view) => predictive?.Abandoned(view);

    public void TalkEnded(FloorView view, double seconds) => predictive?.TalkEnded(view, seconds);

    public void WrapUpEnded(FloorView view, double seconds) => predictive?.WrapUpEnded(view, seconds);

    static int Talking(FloorView view)
    {
        var talking = 0;
        for (var i = 0; i < view.Agents.Count; i++)
            if (view.Agents[i].State == FloorAgentState.Talking) talking++;
        return talking;
    }
}
