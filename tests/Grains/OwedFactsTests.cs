using Carillon.Calls;
using Carillon.Servers;
using Carillon.TestKit;

namespace Carillon.Grains.Tests;

public class OwedFactsTests
{
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    readonly FakeTime _time = new();
    readonly OwedFacts _owed;

    public OwedFactsTests() => _owed = new(_time, Rest);

    static CallNews News(string call, params CallFactKind[] facts) => new(new(call), [.. facts.Select(kind => new CallFact { Kind = kind, At = DateTimeOffset.UnixEpoch })]);

    List<(string, string)> Take(params CallNews[] news) => [.. _owed.Take([.. news]).Select(t => (t.Attempt.Value, string.Join(' ', t.Facts.Select(f => f.Kind))))];

    void Fails(params CallNews[] news)
    {
        foreach (var telling in _owed.Take([.. news])) _owed.Keep(telling);
    }

    [Fact]
    public void What_arrives_is_told_once()
    {
        Assert.Equal([("a", "Created")], Take(News("a", CallFactKind.Created)));
        Assert.False(_owed.Any);
        Assert.Empty(Take());
    }

    [Fact]
    public void A_call_hears_what_it_missed_before_what_came_later()
    {
        Fails(News("a", CallFactKind.Created, CallFactKind.AgentConnected));

        Assert.Equal([("b", "Created"), ("a", "Created AgentConnected QueueJoined")], Take(News("b", CallFactKind.Created), News("a", CallFactKind.QueueJoined)));
        Assert.False(_owed.Any);
    }

    [Fact]
    public void Without_news_it_is_tried_again_after_a_rest()
    {
        Fails(News("a", CallFactKind.Created));

        Assert.Empty(Take());
        _time.Advance(Rest);
        Assert.Equal([("a", "Created")], Take());
    }

    [Fact]
    public void A_call_that_can_never_be_told_is_given_up()
    {
        Fails(News("a", CallFactKind.Created));
        _time.Advance(OwedFacts.Limit);
        Fails();

        Assert.False(_owed.Any);
    }
}
