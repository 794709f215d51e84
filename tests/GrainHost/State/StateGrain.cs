namespace Carillon.GrainHost.Tests.State;

[GenerateSerializer, Immutable]
public sealed record Tally([property: Id(0)] int Count, [property: Id(1)] string Note)
{
    public Tally() : this(0, "") { }
}

[GenerateSerializer, Immutable]
public sealed record Stored([property: Id(0)] Tally Value, [property: Id(1)] bool Exists, [property: Id(2)] string? ETag);

public interface IStateGrain : IGrainWithStringKey
{
    Task<Stored> Read();

    Task Write(int count, string note);

    Task Clear();

    Task ChangeWithoutWriting(int count);

    Task WriteTwiceAtOnce();

    Task<string> Activation();

    Task End();

    /// <summary>Writes behind the activation's back, as a second one would.</summary>
    Task WriteElsewhere(int count);
}

public sealed class StateGrain(
    [PersistentState("tally", "states")] IPersistentState<Tally> tally,
    [PersistentState("other", "states")] IPersistentState<Tally> other,
    [Microsoft.Extensions.DependencyInjection.FromKeyedServices("states")] Orleans.Storage.IGrainStorage storage) : Grain, IStateGrain
{
    readonly string _activation = Guid.NewGuid().ToString();

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        other.RecordExists ? throw new InvalidOperationException("States of one grain were mixed up.") : Task.CompletedTask;

    public Task<Stored> Read() => Task.FromResult(new Stored(tally.State, tally.RecordExists, tally.Etag));

    public Task Write(int count, string note)
    {
        tally.State = new(count, note);
        return tally.WriteStateAsync();
    }

    public Task Clear() => tally.ClearStateAsync();

    public Task ChangeWithoutWriting(int count)
    {
        tally.State = tally.State with { Count = count };
        return Task.CompletedTask;
    }

    public async Task WriteTwiceAtOnce()
    {
        tally.State = tally.State with { Note = "first" };
        var first = tally.WriteStateAsync();
        tally.State = tally.State with { Note = "second" };
        await Task.WhenAll(first, tally.WriteStateAsync());
    }

    public Task<string> Activation() => Task.FromResult(_activation);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task WriteElsewhere(int count)
    {
        var row = new GrainState<Tally>();
        await storage.ReadStateAsync("tally", GrainContext.GrainId, row);
        row.State = new(count, "elsewhere");
        await storage.WriteStateAsync("tally", GrainContext.GrainId, row);
    }
}
