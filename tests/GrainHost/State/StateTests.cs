using Orleans.Storage;

namespace Carillon.GrainHost.Tests.State;

[Collection(GrainHostCollection.Name)]
public sealed class StateTests(GrainHostFixture host)
{
    readonly IStateGrain _grain = host.Grain<IStateGrain>();

    [Fact]
    public async Task A_grain_that_was_never_written_has_an_empty_state()
    {
        var stored = await _grain.Read();
        Assert.Equal(new Tally(), stored.Value);
        Assert.False(stored.Exists);
        Assert.Null(stored.ETag);
    }

    [Fact]
    public async Task What_was_written_is_there_in_the_next_activation()
    {
        await _grain.Write(3, "three");
        await _grain.End();
        var stored = await _grain.Read();
        Assert.Equal(new(3, "three"), stored.Value);
        Assert.True(stored.Exists);
        Assert.NotNull(stored.ETag);
    }

    [Fact]
    public async Task What_was_only_changed_is_lost_with_the_activation()
    {
        await _grain.Write(3, "three");
        await _grain.ChangeWithoutWriting(4);
        await _grain.End();
        Assert.Equal(3, (await _grain.Read()).Value.Count);
    }

    [Fact]
    public async Task Each_write_has_an_etag_of_its_own()
    {
        await _grain.Write(1, "one");
        var first = (await _grain.Read()).ETag;
        await _grain.Write(2, "two");
        Assert.NotEqual(first, (await _grain.Read()).ETag);
    }

    [Fact]
    public async Task Two_writes_at_once_follow_each_other()
    {
        await _grain.WriteTwiceAtOnce();
        await _grain.End();
        Assert.Equal("second", (await _grain.Read()).Value.Note);
    }

    [Fact]
    public async Task A_writer_that_read_before_another_wrote_fails()
    {
        await _grain.Write(1, "mine");
        await _grain.WriteElsewhere(2);
        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(() => _grain.Write(3, "mine again"));
        Assert.NotEqual(conflict.StoredEtag, conflict.CurrentEtag);
    }

    [Fact]
    public async Task After_a_conflict_a_new_activation_reads_what_is_stored()
    {
        await _grain.Write(1, "mine");
        var before = await _grain.Activation();
        await _grain.WriteElsewhere(2);
        await Assert.ThrowsAsync<InconsistentStateException>(() => _grain.Write(3, "mine again"));
        Assert.Equal(new(2, "elsewhere"), (await _grain.Read()).Value);
        Assert.NotEqual(before, await _grain.Activation());
    }

    [Fact]
    public async Task A_cleared_state_is_empty_and_can_be_written_again()
    {
        await _grain.Write(3, "three");
        await _grain.Clear();
        var cleared = await _grain.Read();
        Assert.Equal(new Tally(), cleared.Value);
        Assert.False(cleared.Exists);
        await _grain.End();
        Assert.False((await _grain.Read()).Exists);
        await _grain.Write(4, "four");
        await _grain.End();
        Assert.Equal(new(4, "four"), (await _grain.Read()).Value);
    }
}
