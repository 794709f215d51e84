using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Carillon.Embedded;

/// <summary>A state that is read before the grain's OnActivateAsync.</summary>
interface IStateOnActivation
{
    Task LoadAsync(CancellationToken cancellationToken);
}

static class PersistentState
{
    /// <exception cref="OrleansException">The named storage is not registered.</exception>
    public static IStateOnActivation Create(Activation activation, ParameterInfo parameter, PersistentStateAttribute facet)
    {
        var storage = facet.StorageName is { } name
            ? activation.ActivationServices.GetKeyedService<IGrainStorage>(name)
            : activation.ActivationServices.GetService<IGrainStorage>();
        if (storage is null)
            throw new OrleansException($"No storage named '{facet.StorageName ?? "Default"}' for state '{facet.StateName}' of {activation.GrainId}.");
        var type = typeof(PersistentState<>).MakeGenericType(parameter.ParameterType.GenericTypeArguments);
        var state = (IStateOnActivation)Activator.CreateInstance(type, activation, facet.StateName, storage)!;
        activation.Add(state);
        return state;
    }

    /// <summary>What a grain sees that has nothing stored.</summary>
    public static T Empty<T>()
    {
        var type = typeof(T);
        if (type.IsValueType || type == typeof(string)) return default!;
        return type.GetConstructor(Type.EmptyTypes) is null ? (T)RuntimeHelpers.GetUninitializedObject(type) : Activator.CreateInstance<T>();
    }
}

/// <summary>Operations of one state follow each other, also when an interleaving grain starts several.</summary>
sealed class PersistentState<T>(Activation activation, string name, IGrainStorage storage) : IPersistentState<T>, IStateOnActivation
{
    readonly GrainState<T> _state = new(PersistentState.Empty<T>());
    Task _last = Task.CompletedTask;

    public T State
    {
        get => OnTurn()._state.State!;
        set => OnTurn()._state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _state.RecordExists;

    public Task LoadAsync(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);

    public Task ReadStateAsync() => ReadStateAsync(default);

    public Task WriteStateAsync() => WriteStateAsync(default);

    public Task ClearStateAsync() => ClearStateAsync(default);

    public Task ReadStateAsync(CancellationToken cancellationToken) =>
        Enqueue("read", () => storage.ReadStateAsync(name, activation.GrainId, _state, cancellationToken));

    public Task WriteStateAsync(CancellationToken cancellationToken) =>
        Enqueue("write", () => storage.WriteStateAsync(name, activation.GrainId, _state, cancellationToken));

    public Task ClearStateAsync(CancellationToken cancellationToken) =>
        Enqueue("clear", () => storage.ClearStateAsync(name, activation.GrainId, _state, cancellationToken));

    Task Enqueue(string what, Func<Task> operation)
    {
        OnTurn();
        return _last = RunAfter(_last, what, operation);
    }

    async Task RunAfter(Task last, string what, Func<Task> operation)
    {
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        try
        {
            await operation();
        }
        catch (Exception failure) when (failure is not (OrleansException or OperationCanceledException))
        {
            throw new OrleansException($"Storage failed to {what} state '{name}' of {activation.GrainId}: {failure.Message}", failure);
        }
    }

    PersistentState<T> OnTurn() => RuntimeContext.Current is not null ? this
        : throw new InvalidOperationException($"State '{name}' of {activation.GrainId} is used outside of the grain's turns.");
}
