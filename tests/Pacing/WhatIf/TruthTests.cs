using Carillon.Pacing.Floor;
using Carillon.PacingBench.Worlds;

namespace Carillon.Pacing.WhatIf;

/// <summary>A campaign that has run in the bench's world with ten agents and a cap of 3 % foresees what the same world then brings under other settings.</summary>
[Trait("Category", "Simulation")]
public sealed class TruthTests(TruthTests.Campaign campaign) : IClassFixture<TruthTests.Campaign>
{
    const double Answer = 0.25;
    const int Agents = 10, Days = 1;

    public sealed class Campaign
    {
        public Campaign()
        {
            var world = new RecordingWorld(new QueueWorld(Agents, Answer));
            Past = new Floor.Floor(world, [new PredictiveLaw(0.03, 30 * 86_400.0)], 7).Run(Days).Aggregate((a, b) => a + b);
            Runs = new(new()
            {
                History = new([.. world.Calls]),
                WrapUps = [.. world.WrapUps],
                Hour = _ => 12,
                Leads = () => [],
                Window = (Past.Answered, Past.Abandoned),
            }, seed: 1);
        }

        public FloorDay Past { get; }
        public WhatIfRuns Runs { get; }
    }

    static readonly FloorSetting Present = new() { Agents = Agents, Mode = FloorMode.Predictive, Cap = 0.03, Channels = 1000 };

    /// <summary>The world itself, with the law that the setting asks for.</summary>
    static FloorDay Truth(FloorSetting setting, IFloorLaw law) =>
        new Floor.Floor(new QueueWorld(setting.Agents, Answer), [law], 99).Run(Days).Aggregate((a, b) => a + b);

    FloorOutlook Foresees(FloorSetting setting, FloorDay truth)
    {
        var outlook = campaign.Runs.Run(setting);
        Assert.Equal(truth.Utilisation, outlook.Utilisation.Expected, 0.03);
        Assert.Equal(truth.AbandonmentRate, outlook.AbandonedShare.Expected, 0.008);
        var talksPerHour = (truth.Answered - truth.Abandoned) / (Days * 8.0);
        Assert.InRange(outlook.TalksPerHour.Expected, talksPerHour * 0.92, talksPerHour * 1.08);
        Assert.InRange(outlook.CallsPerHour.Expected, truth.Dials / (Days * 8.0) * 0.9, truth.Dials / (Days * 8.0) * 1.1);
        return outlook;
    }

    [Fact]
    public void What_the_present_settings_come_to() => Foresees(Present, campaign.Past);

    [Fact]
    public void Three_agents_more()
    {
        var more = Present with { Agents = Agents + 3 };
        Foresees(more, Truth(more, new PredictiveLaw(0.03, 30 * 86_400.0)));
    }

    [Fact]
    public void A_cap_of_one_percent_once_what_was_abandoned_beyond_it_is_made_good()
    {
        var careful = Present with { Cap = 0.01 };
        var recovery = Foresees(careful, Truth(careful, new PredictiveLaw(0.01, 30 * 86_400.0))).Recovery;
        Assert.NotNull(recovery);
        Assert.Equal(campaign.Past.Abandoned / 0.01 - campaign.Past.Answered, recovery.Answers, 1e-6);
        Assert.Equal(Truth(careful, new OneForEach()).Utilisation, recovery.Utilisation, 0.03);
    }

    [Fact]
    public void One_call_for_each_free_agent()
    {
        var progressive = Present with { Mode = FloorMode.Progressive };
        Assert.Equal(0, Foresees(progressive, Truth(progressive, new OneForEach())).AbandonedShare.High);
    }

    [Fact]
    public void Three_calls_for_each_free_agent()
    {
        var ratio = Present with { Mode = FloorMode.Ratio, Ratio = 3, RatioOf = RatioOf.FreeAgents };
        var truth = Truth(ratio, new SoManyForEach(3));
        Assert.InRange(truth.AbandonmentRate, 0.03, 0.2);
        var outlook = campaign.Runs.Run(ratio);
        Assert.Equal(truth.Utilisation, outlook.Utilisation.Expected, 0.03);
        Assert.Equal(truth.AbandonmentRate, outlook.AbandonedShare.Expected, 0.02);
    }

    sealed class OneForEach : IFloorLaw
    {
        public int Decide(FloorView view) => Math.Max(0, view.Idle - view.Waiting - view.Ringing.Count);
    }

    sealed class SoManyForEach(int calls) : IFloorLaw
    {
        public int Decide(FloorView view) => Math.Max(0, calls * Math.Max(0, view.Idle - view.Waiting) - view.Ringing.Count);
    }
}
