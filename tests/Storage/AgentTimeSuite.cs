using Carillon.Agents;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_agent_time() : AgentTimeSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_agent_time(PostgresServer server) : AgentTimeSuite(new PostgresStore(server));

/// <summary>How agents spent their time.</summary>
public abstract class AgentTimeSuite(TestStore store) : StoreSuite(store)
{
    static readonly AgentId Ann = new("PJSIP/ann"), Bob = new("PJSIP/bob");

    AgentTimeStore Times => field ??= new(Db);

    /// <summary>Seconds after two minutes ago.</summary>
    AgentSpell Spell(AgentId agent, AgentPlace place, int from, int to, string? reason = null) => new(agent, place, reason, Now.AddSeconds(from - 120), Now.AddSeconds(to - 120));

    async Task<AgentTimeSums[]> Sums(AgentTimeBy by = AgentTimeBy.Agent, AgentId[]? agents = null, DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        [.. (await Times.SumsAsync(by, agents, from ?? Now.AddDays(-1), to ?? Now.AddDays(1))).OrderBy(s => s.Key, StringComparer.Ordinal)];

    static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);

    [StoreFact]
    public async Task Times_are_added_up_by_agent_and_place_and_pauses_by_reason()
    {
        await Times.AddAsync([Spell(Ann, AgentPlace.Free, 0, 10), Spell(Bob, AgentPlace.Paused, 0, 60, "lunch"), Spell(Ann, AgentPlace.Ringing, 10, 12), Spell(Ann, AgentPlace.Talking, 12, 72)]);
        await Times.AddAsync([Spell(Ann, AgentPlace.WrappingUp, 72, 80), Spell(Ann, AgentPlace.LoggedOut, 80, 90), Spell(Bob, AgentPlace.Paused, 60, 90), Spell(Bob, AgentPlace.Paused, 90, 100, "training")]);
        Assert.Equal([new AgentTimeSums(Ann.Value, S(10), S(2), S(60), S(8), S(0)), new(Bob.Value, S(0), S(0), S(0), S(0), S(100))], await Sums());
        Assert.Equal([new AgentPauseSum(Bob, "lunch", S(60)), new(Bob, "training", S(10))], (await Times.PausesAsync(null, Now.AddDays(-1), Now.AddDays(1), 10)).AsEnumerable());
        Assert.Equal("lunch", Assert.Single(await Times.PausesAsync([Ann, Bob], Now.AddDays(-1), Now.AddDays(1), 1)).Reason);
        Assert.Equal([Ann.Value], (await Sums(agents: [Ann])).Select(s => s.Key));
    }

    [StoreFact]
    public async Task A_reason_that_no_database_takes_is_cut_to_one_that_it_does()
    {
        await Times.AddAsync([Spell(Ann, AgentPlace.Paused, 0, 10, "lunch\0 " + new string('ж', 5000)), Spell(Ann, AgentPlace.Paused, 10, 20, "\ud800")]);
        Assert.Equal(["lunch " + new string('ж', 74), "\ufffd"], (await Times.PausesAsync(null, Now.AddDays(-1), Now.AddDays(1), 10)).Select(p => p.Reason).OrderByDescending(r => r.Length));
    }

    [StoreFact]
    public async Task No_moment_is_counted_twice_whoever_tells_of_it_and_however_often()
    {
        AgentSpell[] told = [Spell(Ann, AgentPlace.Free, 0, 30), Spell(Ann, AgentPlace.Talking, 30, 60)];
        await Times.AddAsync(told);
        await Times.AddAsync(told);
        // Another node saw the same time otherwise: what is counted stays, what is new is added.
        await Times.AddAsync([Spell(Ann, AgentPlace.Paused, 20, 50), Spell(Ann, AgentPlace.WrappingUp, 50, 70)]);
        await Times.AddAsync([Spell(Ann, AgentPlace.Free, 10, 65)]);
        Assert.Equal([new AgentTimeSums(Ann.Value, S(30), S(0), S(30), S(10), S(0))], await Sums());
    }

    [StoreFact]
    public async Task Nodes_that_tell_of_one_agent_at_once_count_each_moment_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Times.AddAsync([Spell(Ann, AgentPlace.Free, 0, 50 + i), Spell(Bob, AgentPlace.Talking, i, 60)]))));
        var sums = await Sums();
        Assert.Equal(S(57), sums[0].Free);
        Assert.InRange(sums[1].Talking, S(53), S(60));
    }

    [StoreFact]
    public async Task A_spell_goes_to_the_quarters_of_an_hour_that_it_was_in()
    {
        var quarter = TimeSpan.FromMinutes(15);
        await Times.AddAsync([new(Ann, AgentPlace.Paused, "lunch", Now + quarter - S(10), Now + 2 * quarter + S(20))]);
        Assert.Equal([(Now, S(10)), (Now + quarter, quarter), (Now + 2 * quarter, S(20))], (await Times.SumsByTimeAsync(null, Now, Now + 3 * quarter)).Select(s => (s.At, s.Sums.Paused)));
        // Those that begin within the time.
        Assert.Equal([quarter], (await Sums(from: Now + S(1), to: Now + 2 * quarter)).Select(s => s.Paused));
        Assert.Equal([quarter], (await Times.PausesAsync(null, Now + S(1), Now + 2 * quarter, 10)).Select(p => p.Paused));
    }

    [StoreFact]
    public async Task After_the_clock_was_set_back_time_is_counted_again()
    {
        Time.Advance(TimeSpan.FromDays(1));
        await Times.AddAsync([Spell(Ann, AgentPlace.Free, 0, 10)]);
        Time.Advance(-TimeSpan.FromDays(1));
        await Times.AddAsync([Spell(Ann, AgentPlace.Talking, 0, 10)]);
        await Times.AddAsync([Spell(Ann, AgentPlace.Talking, 5, 20)]);
        Assert.Equal([S(20)], (await Sums(to: Now.AddHours(1))).Select(s => s.Talking));
    }

    [StoreFact]
    public async Task Old_times_are_removed_a_few_at_a_time()
    {
        for (var day = 0; day < 4; day++)
        {
            await Times.AddAsync([Spell(Ann, AgentPlace.Paused, 0, 10, "lunch"), Spell(Bob, AgentPlace.Free, 0, 10)]);
            Time.Advance(TimeSpan.FromDays(1));
        }
        var before = Now.AddDays(-1).AddHours(-1);
        Assert.Equal(4, await Times.RemoveOldestAsync(before, 4));
        Assert.Equal(2, await Times.RemoveOldestAsync(before, 4));
        Assert.Equal(0, await Times.RemoveOldestAsync(before, 4));
        Assert.Equal([S(10), S(0)], (await Sums(from: DateTimeOffset.UnixEpoch)).Select(s => s.Paused));
        Assert.Equal([S(10)], (await Times.PausesAsync(null, DateTimeOffset.UnixEpoch, Now, 10)).Select(p => p.Paused));
    }
}
