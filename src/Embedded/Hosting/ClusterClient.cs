using Orleans;
using Orleans.Runtime;

namespace Carillon.Embedded;

sealed class ClusterClient(IServiceProvider services, Catalog catalog, GrainClasses classes, Observers observers) : IClusterClient
{
    public IServiceProvider ServiceProvider { get; } = services;

    public T GetGrain<T>(Guid primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithGuidKey =>
        Get<T>(GrainKeys.Format(primaryKey), grainClassNamePrefix);

    public T GetGrain<T>(long primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithIntegerKey =>
        Get<T>(GrainKeys.Format(primaryKey), grainClassNamePrefix);

    public T GetGrain<T>(string primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return Get<T>(primaryKey, grainClassNamePrefix);
    }

    public T GetGrain<T>(GrainId grainId) where T : IAddressable => (T)(object)GrainReference.Create(catalog, grainId, typeof(T));

    public T CreateObjectReference<T>(IGrainObserver obj) where T : IGrainObserver
    {
        if (obj is GrainReference or IGrainBase) throw new ArgumentException("A grain is called by its own reference, see AsReference.", nameof(obj));
        if (obj is not T) throw new ArgumentException($"{obj.GetType()} is not a {typeof(T)}.", nameof(obj));
        return (T)(object)GrainReference.Create(catalog, observers.Add(obj), typeof(T));
    }

    public void DeleteObjectReference<T>(IGrainObserver obj) where T : IGrainObserver
    {
        if (obj is not GrainReference reference) throw new ArgumentException("Pass what CreateObjectReference returned.", nameof(obj));
        observers.Remove(reference.GrainId);
    }

    T Get<T>(string key, string? prefix) =>
        (T)(object)GrainReference.Create(catalog, GrainId.Create(classes.Implementing(typeof(T), prefix).GrainType, key), typeof(T));
}
