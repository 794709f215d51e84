using Carillon.Embedded;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps states in memory as long as the process lives, by reference: they must be immutable.</summary>
public sealed class MemoryGrainStorage : IGrainStorage
{
    readonly Lock _lock = new();
    readonly Dictionary<(string State, GrainId Grain), (object? Value, long Version)> _rows = [];
    long _version;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_lock)
        {
            var found = _rows.TryGetValue((stateName, grainId), out var row);
            Set(grainState, found ? (T?)row.Value : PersistentState.Empty<T>(), found ? row.Version : null);
        }
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_lock)
        {
            Check(stateName, grainId, grainState.ETag);
            _rows[(stateName, grainId)] = (grainState.State, ++_version);
            Set(grainState, grainState.State, _version);
        }
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_lock)
        {
            Check(stateName, grainId, grainState.ETag);
            _rows.Remove((stateName, grainId));
            Set(grainState, PersistentState.Empty<T>(), null);
        }
        return Task.CompletedTask;
    }

    void Check(string stateName, GrainId grainId, string? etag)
    {
        var stored = _rows.TryGetValue((stateName, grainId), out var row) ? Format(row.Version) : null;
        if (stored != etag) throw new InconsistentStateException($"State '{stateName}' of {grainId} was written by somebody else.", stored, etag);
    }

    static void Set<T>(IGrainState<T> grainState, T? value, long? version) =>
        (grainState.State, grainState.ETag, grainState.RecordExists) = (value, Format(version), version is not null);

    static string? Format(long? version) => version?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
