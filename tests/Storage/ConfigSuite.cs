using System.Collections.Immutable;
using Carillon.Campaigns;
using Carillon.Config;
using Carillon.Queues;
using Carillon.Schedules;
using Carillon.Servers;
using Carillon.Users;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_configs() : ConfigSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_configs(PostgresServer server) : ConfigSuite(new PostgresStore(server));

public abstract class ConfigSuite(TestStore store) : StoreSuite(store)
{
    static readonly QueueConfig Sales = new() { Name = "Продажи", Servers = [new("east"), new("west")], WrapUp = TimeSpan.FromSeconds(10), Group = "moscow" };

    ConfigStore<QueueConfig> Queues => new(Db, ConfigKinds.Queue);

    [StoreFact]
    public async Task A_config_comes_back_as_it_was_written()
    {
        var written = await Queues.InsertAsync("sales", Sales);
        var read = (await Queues.GetAsync("sales"))!;
        Assert.Equal((ConfigOutcome.Written, 1, Now), (written.Outcome, read.Version, read.ChangedAt));
        Assert.Equal(Sales.Servers.AsEnumerable(), read.Config.Servers);
        Assert.Equal(Sales, read.Config with { Servers = Sales.Servers });
        Assert.Null(await Queues.GetAsync("other"));
        Assert.Null(await new ConfigStore<TrunkConfig>(Db, ConfigKinds.Trunk).GetAsync("sales"));
    }

    [StoreFact]
    public async Task A_name_is_taken_without_regard_to_case_in_any_alphabet()
    {
        await Queues.InsertAsync("sales", Sales);
        Assert.Equal(ConfigOutcome.NameTaken, (await Queues.InsertAsync("other", Sales with { Name = " ПРОДАЖИ " })).Outcome);
        Assert.Equal(ConfigOutcome.NameTaken, (await Queues.InsertAsync("sales", Sales with { Name = "new name, old id" })).Outcome);
        Assert.Equal("sales", (await Queues.FindByNameAsync("продажи"))!.Id);
        Assert.True((await new ConfigStore<GroupConfig>(Db, ConfigKinds.Group).InsertAsync("sales", new("Продажи"))).IsWritten);
    }

    [StoreFact]
    public async Task An_edit_based_on_an_older_version_is_refused()
    {
        await Queues.InsertAsync("sales", Sales);
        Assert.Equal(2, (await Queues.UpdateAsync("sales", Sales with { Name = "Sales" }, 1)).Stored!.Version);
        var late = await Queues.UpdateAsync("sales", Sales with { Name = "Late" }, 1);
        Assert.Equal((ConfigOutcome.Conflict, 2), (late.Outcome, late.Stored!.Version));
        Assert.Equal(ConfigOutcome.Conflict, (await Queues.DeleteAsync("sales", 1)).Outcome);
        Assert.Equal("Sales", (await Queues.GetAsync("sales"))!.Config.Name);
        Assert.Equal(ConfigOutcome.NotFound, (await Queues.UpdateAsync("none", Sales, null)).Outcome);
        Assert.True((await Queues.DeleteAsync("sales", 2)).IsWritten);
        Assert.Equal(ConfigOutcome.NotFound, (await Queues.DeleteAsync("sales", null)).Outcome);
    }

    [StoreFact]
    public async Task Of_edits_of_one_version_at_once_one_is_written()
    {
        await Queues.InsertAsync("sales", Sales);
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Queues.UpdateAsync("sales", Sales with { Name = $"name {i}" }, 1))));
        Assert.Single(results, r => r.IsWritten);
        Assert.Equal(15, results.Count(r => r.Outcome == ConfigOutcome.Conflict));
    }

    [StoreFact]
    public async Task Of_renames_to_one_name_at_once_one_is_written()
    {
        for (var i = 0; i < 8; i++) await Queues.InsertAsync($"q{i}", Sales with { Name = $"queue {i}" });
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Queues.UpdateAsync($"q{i}", Sales with { Name = "The One" }, 1))));
        Assert.Single(results, r => r.IsWritten);
        Assert.Equal(7, results.Count(r => r.Outcome == ConfigOutcome.NameTaken));
    }

    [StoreFact]
    public async Task Lists_are_by_name_and_of_the_groups_asked_for()
    {
        await Queues.InsertAsync("1", Sales with { Name = "b" });
        await Queues.InsertAsync("2", Sales with { Name = "A", Group = "kazan" });
        await Queues.InsertAsync("3", Sales with { Name = "c", Group = null });
        Assert.Equal(["2", "1", "3"], Ids(await Queues.ListAsync()));
        Assert.Equal(["2", "1"], Ids(await Queues.ListAsync(["kazan", "moscow"])));
        Assert.Empty(await Queues.ListAsync([]));
        Assert.Equal(["1", "3"], Ids(await Queues.GetManyAsync(["3", "1", "none", "' OR 1=1 --"])).Order());
        Assert.Empty(await Queues.GetManyAsync([]));
    }

    [StoreFact]
    public async Task Every_kind_keeps_its_keys_times_and_lists()
    {
        var schedules = new ConfigStore<ScheduleConfig>(Db, ConfigKinds.Schedule);
        var hours = ImmutableArray.Create(new OpenHours(DayOfWeek.Monday, new(9, 0), new(18, 30)), new OpenHours(DayOfWeek.Sunday, new(22, 0), default));
        await schedules.InsertAsync("s", new() { Name = "s", TimeZone = "Europe/Moscow", Unanswered = new() { Hours = hours, Attempts = 3, Interval = TimeSpan.FromMinutes(7) } });
        var schedule = (await schedules.GetAsync("s"))!.Config;
        Assert.Equal(hours.AsEnumerable(), schedule.Unanswered.Hours);
        Assert.Equal((3, TimeSpan.FromMinutes(7), null), (schedule.Unanswered.Attempts, schedule.Unanswered.Interval, schedule.Answered));

        var campaigns = new ConfigStore<CampaignConfig>(Db, ConfigKinds.Campaign);
        var campaign = new CampaignConfig { Name = "c", Schedule = new("s"), Queue = new("q"), Trunks = [new("t1"), new("t2")], Mode = PacingMode.Predictive };
        await campaigns.InsertAsync("c", campaign);
        var read = (await campaigns.GetAsync("c"))!.Config;
        Assert.Equal(campaign.Trunks.AsEnumerable(), read.Trunks);
        Assert.Equal(campaign, read with { Trunks = campaign.Trunks });
    }

    static IEnumerable<string> Ids<T>(IEnumerable<Stored<T>> found) => found.Select(f => f.Id);
}
