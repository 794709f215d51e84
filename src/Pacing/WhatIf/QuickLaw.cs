using Carillon.Pacing.Evidence;
using Carillon.Pacing.Floor;
using Carillon.Pacing.Forecasts;

namespace Carillon.Pacing.WhatIf;

/// <summary>
/// The predictive law, a few times quicker: what it forecasts of calls that ring and of agents who wrap up is read from tables by half seconds, and its
/// durations, which a long history has taught it, are looked at anew every five minutes only.
/// </summary>
sealed class QuickLaw(FloorSetting setting) : PredictiveLaw(setting.Cap, setting.Window, setting.AbandonAfter)
{
    const double StepsPerSecond = 2;

    readonly ForecastTable _answers = new(seconds: 120), _wrapUps = new(seconds: 120);

    protected override double CurveInterval => 300;

    /// <summary>
    /// The ledger is as it was when so many abandons were left. The minutes in which a floor opens are safer than any later ones: what they earn would be
    /// spent in those that are counted.
    /// </summary>
    public void Forget(double now, double abandonsLeft)
    {
        var earned = Evidence.AbandonsLeft - abandonsLeft;
        if (earned >= 0) Evidence.Remember(now, 0, (long)Math.Round(earned));
        else if (setting.Cap > 0) Evidence.Remember(now, (long)Math.Round(-earned / setting.Cap), 0);
    }

    protected override CountForecast Answers(FloorView view)
    {
        var (all, curve) = (new CountForecast(), Evidence.Curve(view.Now));
        var chance = Evidence.Chance(TimeOfDay.At(view.Now));
        var table = _answers.Of(curve, (forecast, elapsed) => curve.AddRinging(forecast, chance, elapsed));
        for (var i = 0; i < view.Ringing.Count; i++)
        {
            if (view.Ringing[i].Listened(view.Now) is { } listened) curve.AddListened(all, listened);
            else table.Add(all, view.Now - view.Ringing[i].PlacedAt);
        }
        all.Blur(Evidence.ChanceError(TimeOfDay.At(view.Now)));
        return all;
    }

    protected override CountForecast Freed(FloorView view)
    {
        var (all, curve) = (new CountForecast(), Curve(view));
        var table = _wrapUps.Of(curve, curve.AddWrappingUp);
        for (var i = 0; i < view.Agents.Count; i++)
        {
            var (state, elapsed) = (view.Agents[i].State, view.Now - view.Agents[i].Since);
            if (state == FloorAgentState.Talking) curve.AddTalking(all, elapsed);
            else if (state == FloorAgentState.WrapUp) table.Add(all, elapsed);
        }
        return all;
    }

    /// <summary>What an event adds to a forecast, by how long it has lasted; made anew when what it is made from has changed.</summary>
    sealed class ForecastTable(int seconds)
    {
        readonly double[] _rows = new double[(int)(seconds * StepsPerSecond) * Horizon.Length];
        object? _from;

        public ForecastTable Of(object from, Action<CountForecast, double> add)
        {
            if (ReferenceEquals(_from, from)) return this;
            _from = from;
            for (var row = 0; row < _rows.Length / Horizon.Length; row++)
            {
                var one = new CountForecast();
                add(one, (row + 0.5) / StepsPerSecond);
                one.Means.CopyTo(_rows.AsSpan(row * Horizon.Length));
            }
            return this;
        }

        public void Add(CountForecast all, double elapsed) =>
            all.Add(_rows.AsSpan(Math.Min((int)(elapsed * StepsPerSecond), _rows.Length / Horizon.Length - 1) * Horizon.Length, Horizon.Length));
    }
}
