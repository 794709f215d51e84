using Carillon.Calls;
using Carillon.Campaigns;
using FsCheck;
using FsCheck.Fluent;
using Outcome = Carillon.Calls.Outcome;

namespace Carillon.Grains.Tests;

public class FlightBookTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public enum Kind { Place, Adopt, Report, Withdraw }

    public sealed record Step(Kind Kind, int Call, CallState State, bool HasAgent);

    static readonly Arbitrary<Step[]> Steps = (
        from kind in Gen.Frequency((3, Gen.Constant(Kind.Place)), (1, Gen.Constant(Kind.Adopt)), (6, Gen.Constant(Kind.Report)), (1, Gen.Constant(Kind.Withdraw)))
        from call in Gen.Choose(1, 8)
        from state in Gen.Elements(Enum.GetValues<CallState>())
        from hasAgent in Gen.Elements(true, false)
        select new Step(kind, call, state, hasAgent)).ArrayOf(60).ToArbitrary();

    static AttemptIntent Intent(int n) => new()
    {
        Id = new($"carillon-{n:00000000000000000000000000}"),
        Campaign = new("spring"),
        LeadId = n,
        Number = new("+74951234567"),
        Server = new($"pbx{n % 3}"),
        Trunk = new("t"),
        Queue = new("sales"),
        At = Now,
        AttemptNumber = 1,
    };

    [Fact]
    public void A_call_that_ends_while_the_store_is_read_does_not_come_back()
    {
        var book = new FlightBook();
        book.Place(Intent(1), null, chance: 1);
        book.Place(Intent(2), null, chance: 1);
        book.Place(Intent(3), null, chance: 1);

        book.BeginCheck();
        book.Apply(new() { Attempt = Intent(1).Id, State = CallState.Ended, At = Now, Server = Intent(1).Server });
        var (gone, found) = book.EndCheck([new() { Intent = Intent(1) }, new() { Intent = Intent(2) }, new() { Intent = Intent(4) }], new());

        Assert.Equal([Intent(3).Id], gone);
        Assert.Equal([Intent(4).Id], found.Select(f => f.Intent.Id));
        Assert.Null(book.Find(Intent(1).Id));
    }

    [Fact]
    public void A_call_whose_end_nobody_heard_of_ends_as_its_record_tells_and_one_that_was_placed_meanwhile_goes_on()
    {
        var book = new FlightBook();
        for (var n = 1; n <= 3; n++) book.Place(Intent(n), null, chance: 1);
        book.BeginCheck();
        var (gone, _) = book.EndCheck([], new());

        var ended = new Attempt { Intent = Intent(1), AnsweredAt = Now, EndedAt = Now.AddSeconds(3), Outcome = Outcome.Abandoned, Abandoned = true };
        var missed = Assert.Single(book.Missed(gone, [ended, new() { Intent = Intent(2) }]));

        Assert.Equal((Outcome.Abandoned, true, Now), (missed.Outcome, missed.Abandoned, missed.ReadyAt));
        Assert.Equal([Intent(1).Id, Intent(2).Id], book.All.Select(f => f.Intent.Id));
        book.Apply(missed);
        Assert.Equal((1, 1), (book.Count, book.Outcomes[Outcome.Abandoned]));
    }

    [Fact]
    public void A_call_of_before_that_AMD_still_listens_to_is_nobody_who_waits()
    {
        var (book, rules) = (new FlightBook(), new CallRules { AbandonAfter = TimeSpan.FromSeconds(2), DetectionAtMost = TimeSpan.FromSeconds(5) });
        var listened = book.Adopt(new() { Intent = Intent(1), AnsweredAt = Now }, rules)!;
        var person = book.Adopt(new() { Intent = Intent(2), AnsweredAt = Now, Verdict = MachineVerdict.Human, VerdictAt = Now.AddSeconds(3) }, rules)!;
        var late = book.Adopt(new() { Intent = Intent(3), AnsweredAt = Now, Verdict = MachineVerdict.Human, VerdictAt = Now.AddSeconds(3), BridgedAt = Now.AddSeconds(6) }, rules)!;

        Assert.Equal((false, TimeSpan.FromSeconds(1)), (listened.WasAnswered, listened.Listened(Now.AddSeconds(1))));
        Assert.Equal((Now.AddSeconds(3), false), (person.ReadyAt, person.WasAbandoned));
        Assert.Equal((Now.AddSeconds(3), true), (late.ReadyAt, late.WasAbandoned));
        Assert.Equal(1, book.WaitingInQueue(detection: true));
    }

    [Fact]
    public void A_call_of_before_may_not_have_dialed_its_number_yet_if_the_agent_is_rung_first()
    {
        var book = new FlightBook();
        book.Adopt(new() { Intent = Intent(1) }, new() { AgentFirst = true });
        book.Adopt(new() { Intent = Intent(2) }, new());

        Assert.Equal([Intent(1).Id], book.OnTheirWay.Keys);
        book.Apply(new() { Attempt = Intent(1).Id, State = CallState.Ringing, At = Now, Server = Intent(1).Server });
        Assert.Empty(book.OnTheirWay);
    }

    static void Do(FlightBook book, Dictionary<int, (CallState State, AgentId? Agent)> model, Step step)
    {
        var (intent, agent) = (Intent(step.Call), step.HasAgent ? new AgentId($"agent {step.Call}") : (AgentId?)null);
        switch (step.Kind)
        {
            case Kind.Place:
                book.Place(intent, agent, 1);
                model[step.Call] = (CallState.Queued, agent);
                break;
            case Kind.Adopt:
                book.Adopt(new() { Intent = intent }, new());
                model.TryAdd(step.Call, (CallState.Originating, null));
                break;
            case Kind.Report:
                book.Apply(new() { Attempt = intent.Id, State = step.State, At = Now, Server = intent.Server });
                if (step.State == CallState.Ended) model.Remove(step.Call);
                else if (model.TryGetValue(step.Call, out var known)) model[step.Call] = known with { State = step.State };
                break;
            default:
                book.Withdraw(intent.Id);
                model.Remove(step.Call);
                break;
        }
    }

    static string Servers(IEnumerable<KeyValuePair<ServerId, int>> counts) => string.Join(", ", counts.OrderBy(c => c.Key.Value, StringComparer.Ordinal).Select(c => $"{c.Key}: {c.Value}"));

    [Fact]
    public void Its_counts_are_those_of_its_calls_whatever_happened() => Prop.ForAll(Steps, steps =>
    {
        var (book, model) = (new FlightBook(), new Dictionary<int, (CallState State, AgentId? Agent)>());
        foreach (var step in steps)
        {
            Do(book, model, step);
            var underway = model.Where(c => c.Value.State != CallState.Bridged).ToList();
            Assert.Equal(model.Count, book.Count);
            Assert.All(Enum.GetValues<CallState>(), state => Assert.Equal(model.Values.Count(c => c.State == state), book.In(state)));
            Assert.Equal(Servers(underway.GroupBy(c => Intent(c.Key).Server).Select(g => KeyValuePair.Create(g.Key, g.Count()))), Servers(book.UnderwayByServer));
            Assert.Equal(underway.Select(c => c.Value.Agent).OfType<AgentId>().Select(a => a.Value).Order(), book.Reserved.Select(a => a.Value).Order());
        }
    }).QuickCheckThrowOnFailure();
}
