using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Carillon.Embedded;

/// <summary>A class of grains: its name in grain ids, how long it may idle, and how to make one.</summary>
sealed class GrainClass
{
    readonly ObjectFactory _create;
    readonly (ParameterInfo Parameter, PersistentStateAttribute Facet)[] _facets;

    public GrainClass(Type type, GrainCollectionOptions options)
    {
        Type = type;
        GrainType = NameOf(type);
        CollectionAge = AgeOf(type, options);
        _facets = [.. type.GetConstructors().SelectMany(c => c.GetParameters())
            .Select(p => (p, p.GetCustomAttribute<PersistentStateAttribute>()!)).Where(f => f.Item2 is not null)];
        _create = ActivatorUtilities.CreateFactory(type, Array.ConvertAll(_facets, f => f.Parameter.ParameterType));
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public TimeSpan CollectionAge { get; }

    public IGrainBase Create(Activation activation)
    {
        var states = Array.ConvertAll(_facets, f => (object?)PersistentState.Create(activation, f.Parameter, f.Facet));
        return (IGrainBase)_create(activation.ActivationServices, states);
    }

    // As Orleans names them: the class name in lower case, without a trailing Grain.
    static GrainType NameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } named) return named.GrainType;
        var name = type.Name.ToLowerInvariant();
        return GrainType.Create(name.EndsWith("grain", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name);
    }

    static TimeSpan AgeOf(Type type, GrainCollectionOptions options)
    {
        if (type.IsDefined(typeof(KeepAliveAttribute), true)) return TimeSpan.MaxValue;
        if (options.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var age)) return age;
        return type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit ?? options.CollectionAge;
    }
}
