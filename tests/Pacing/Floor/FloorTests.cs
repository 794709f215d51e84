namespace Carillon.Pacing.Floor;

[Trait("Category", "Simulation")]
public class FloorTests
{
    const double Cap = 0.03, Window = 30 * 86_400;

    sealed class OnePerIdleAgent : IFloorLaw
    {
        public int Decide(FloorView view) => Math.Max(0, view.Idle - view.Waiting - view.Ringing.Count);
    }

    sealed class Always(int calls) : IFloorLaw
    {
        public int Abandons { get; private set; }

        public int Decide(FloorView view) => calls - view.Ringing.Count(line => line.Campaign == view.Campaign);

        public void Abandoned(FloorView view) => Abandons++;
    }

    sealed class GoesAwayAtOnce(double until) : FloorWorld
    {
        public override int Agents => 3;
        public override double Day => 3600;
        public override int Lines => 7;
        public override FloorCall Place(int campaign, double now, Random random) => new(true, 5);
        public override double Talk(int agent, Random random) => 100;
        public override double WrapUp(int agent, Random random) => 10;
        public override double? Away(int agent, double now, Random random) => agent == 0 && now < until ? until - now : null;
    }

    /// <summary>Everybody who answers is listened to: persons for three seconds, machines for two.</summary>
    sealed class Detection : FloorWorld
    {
        public override int Agents => 2;
        public override double Day => 3600;
        public override FloorCall Place(int campaign, double now, Random random) => random.NextDouble() < 0.5 ? new(true, 5, Ready: 3) : new(false, 7, Ready: 2);
        public override double Talk(int agent, Random random) => 20;
        public override double WrapUp(int agent, Random random) => 10;
    }

    sealed class Hears : IFloorLaw
    {
        public double Longest { get; private set; }
        public int Persons { get; private set; }
        public int Machines { get; private set; }

        public int Decide(FloorView view)
        {
            foreach (var listened in view.Ringing.Select(line => line.Listened(view.Now)).OfType<double>()) Longest = Math.Max(Longest, listened);
            return 1 - view.Ringing.Count;
        }

        public void Judged(FloorView view, bool person, double seconds)
        {
            Assert.Equal(person ? 3 : 2, seconds);
            if (person) Persons++;
            else Machines++;
        }
    }

    static FloorDay Run(FloorWorld world, IFloorLaw law, int days, int seed = 1) => new Floor(world, [law], seed).Run(days).Aggregate((a, b) => a + b);

    [Fact]
    public void The_predictive_law_keeps_ten_agents_busier_than_the_progressive_one_and_keeps_to_the_cap()
    {
        var progressive = Run(new SmallWorld(10, hours: 2), new OnePerIdleAgent(), 2);
        var predictive = Run(new SmallWorld(10, hours: 2), new PredictiveLaw(Cap, Window), 2);
        Assert.Equal(0, progressive.Abandoned);
        Assert.InRange(predictive.AbandonmentRate, 0.005, Cap);
        Assert.True(predictive.Utilisation > progressive.Utilisation + 0.1, $"{predictive.Utilisation} against {progressive.Utilisation}");
    }

    [Fact]
    public void Who_answers_is_listened_to_as_long_as_machine_detection_takes_and_the_law_is_told_what_it_found()
    {
        var law = new Hears();
        var day = Run(new Detection(), law, 1);
        Assert.Equal(day.Answered, law.Persons);
        Assert.InRange(law.Machines, 1, day.Dials);
        Assert.InRange(law.Longest, 1, 3);
    }

    [Fact]
    public void The_same_seed_gives_the_same_day_and_another_seed_another()
    {
        Assert.Equal(Run(new SmallWorld(4), new PredictiveLaw(Cap, Window), 1, seed: 5), Run(new SmallWorld(4), new PredictiveLaw(Cap, Window), 1, seed: 5));
        Assert.NotEqual(Run(new SmallWorld(4), new PredictiveLaw(Cap, Window), 1, seed: 5), Run(new SmallWorld(4), new PredictiveLaw(Cap, Window), 1, seed: 6));
    }

    [Fact]
    public void Campaigns_that_share_the_agents_keep_to_the_cap_together()
    {
        var days = new Floor(new SmallWorld(10, campaigns: 2, hours: 2), [new PredictiveLaw(Cap, Window), new PredictiveLaw(Cap, Window)], 1).Run(1).Aggregate((a, b) => a + b);
        Assert.InRange(days.AbandonmentRate, 0, Cap);
        Assert.InRange(days.Utilisation, 0.6, 1);
    }

    [Fact]
    public void Of_campaigns_that_share_the_agents_each_has_its_calls_and_keeps_to_the_cap()
    {
        PredictiveLaw[] laws = [new(Cap, Window), new(Cap, Window), new(Cap, Window)];
        var day = new Floor(new SmallWorld(30, campaigns: 3, hours: 4), laws, 1).Run(1).Single();
        var answered = laws.Sum(l => l.Evidence.Window.Answered);
        // The floor does not divide by shares, as a queue does, but leaves nobody out.
        Assert.All(laws, l => Assert.InRange(l.Evidence.Window.Answered, answered / 8, answered * 3 / 5));
        Assert.All(laws, l => Assert.InRange(l.Evidence.Window.Rate, Cap / 2, Cap));
        Assert.InRange(day.Utilisation, 0.88, 1);
    }

    [Fact]
    public void Nobody_is_called_beyond_what_the_campaign_may()
    {
        var law = new PredictiveLaw(Cap, Window, most: 2);
        Assert.InRange(Run(new SmallWorld(10), law, 1).Utilisation, 0.05, 0.6);
        Assert.InRange(law.Last.Calls, 0, 2);
    }

    [Fact]
    public void Who_meets_no_agent_in_time_is_abandoned_and_the_law_hears_of_it()
    {
        var law = new Always(7);
        var day = Run(new GoesAwayAtOnce(0), law, 1);
        Assert.Equal(1, day.Utilisation, 0.02);
        Assert.Equal(law.Abandons, day.Abandoned);
        // Three agents take 3,600 / 110 calls each; all others are abandoned.
        Assert.InRange(day.Answered - day.Abandoned, 97, 103);
    }

    [Fact]
    public void Lines_bound_what_rings_at_once()
    {
        // 7 lines of 5 s each.
        Assert.InRange(Run(new GoesAwayAtOnce(0), new Always(100), 1).Dials, 3600 / 5 * 7 * 0.9, 3600 / 5 * 7 + 7);
    }

    [Fact]
    public void Who_is_away_is_not_at_work()
    {
        Assert.Equal(3 * 3600, Run(new GoesAwayAtOnce(0), new OnePerIdleAgent(), 1).LoggedIn, 1.0);
        Assert.Equal(2 * 3600 + 1800, Run(new GoesAwayAtOnce(1800), new OnePerIdleAgent(), 1).LoggedIn, 1.0);
        Assert.Equal(0, Run(new SmallWorld(0), new PredictiveLaw(Cap, Window), 1).Dials);
    }

    /// <summary>One agent, whom each call keeps for ten and a half seconds.</summary>
    sealed class OneAgent(double look) : FloorWorld
    {
        public override int Agents => 1;
        public override double Day => 3600;
        public override double QueueLook => look;
        public override FloorCall Place(int campaign, double now, Random random) => new(true, 5);
        public override double Talk(int agent, Random random) => 10.25;
        public override double WrapUp(int agent, Random random) => 0.25;
    }

    /// <summary>Calls so that the answer comes so many seconds before the agent is free.</summary>
    sealed class Early(double seconds) : IFloorLaw
    {
        public int Decide(FloorView view)
        {
            var agent = view.Agents[0];
            var isDue = view.Idle > 0 || agent.State == FloorAgentState.Talking && view.Now - agent.Since >= 10.5 - 5 - seconds;
            return isDue && view.Ringing.Count == 0 && view.Waiting == 0 ? 1 : 0;
        }
    }

    [Theory]
    [InlineData(0, 0.5, 0, 1)]
    [InlineData(0, 1.5, 0, 1)]
    // They look half a second after the agent is free.
    [InlineData(1, 0.5, 0, 10.5 / 11)]
    // And here just when they have waited too long.
    [InlineData(1, 1.5, 0.5, 10.5 / 16)]
    public void Who_waits_meets_an_agent_when_they_look(double look, double early, double abandoned, double utilisation)
    {
        var day = Run(new OneAgent(look), new Early(early), 1);
        Assert.Equal(abandoned, day.AbandonmentRate, 0.01);
        Assert.Equal(utilisation, day.Utilisation, 0.01);
    }

    sealed class OpensInTalk : FloorWorld
    {
        public override int Agents => 2;
        public override double Day => 3600;
        public override double Settling => 600;
        public override FloorCall Place(int campaign, double now, Random random) => new(false, 10);
        public override double Talk(int agent, Random random) => throw new InvalidOperationException("Nobody answers.");
        public override double WrapUp(int agent, Random random) => 60;
        public override (double Lasted, double Left)? InTalk(int agent, Random random) => agent == 0 ? (100, 900) : null;
    }

    sealed class Listening : IFloorLaw
    {
        public List<double> Talks { get; } = [];

        public int Decide(FloorView view) => view.Ringing.Count == 0 ? 1 : 0;

        public void TalkEnded(FloorView view, double seconds) => Talks.Add(seconds);
    }

    [Fact]
    public void Who_is_in_a_talk_as_the_day_begins_ends_it_and_what_settles_is_not_counted()
    {
        var law = new Listening();
        var day = Run(new OpensInTalk(), law, 1);
        Assert.Equal([1000.0], law.Talks);
        // 300 s of the talk and 60 s of wrap-up lie behind the first ten minutes.
        Assert.Equal((2 * 3000.0, 360.0), (Math.Round(day.LoggedIn, 3), Math.Round(day.Busy, 3)));
        Assert.InRange(day.Dials, 3000 / 10 - 50, 3000 / 10 + 1);
    }

    [Fact]
    public void Each_campaign_has_its_law() => Assert.Throws<ArgumentException>(() => new Floor(new SmallWorld(3, campaigns: 2), [new OnePerIdleAgent()], 1));
}
