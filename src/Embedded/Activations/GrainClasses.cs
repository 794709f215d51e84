using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Carillon.Embedded;

/// <summary>Finds the classes of grains in every assembly that the process has loaded or that those refer to.</summary>
sealed class GrainClasses(IOptions<GrainCollectionOptions> options)
{
    readonly Lazy<Dictionary<GrainType, GrainClass>> _byName = new(() => Find(options.Value));
    readonly ConcurrentDictionary<(Type, string?), GrainClass> _byInterface = [];

    public GrainClass? Find(GrainType name) => _byName.Value.GetValueOrDefault(name);

    public GrainClass Implementing(Type interfaceType, string? classNamePrefix) =>
        _byInterface.GetOrAdd((interfaceType, classNamePrefix), key => Choose(key.Item1, key.Item2));

    GrainClass Choose(Type interfaceType, string? prefix)
    {
        var found = _byName.Value.Values.Where(c => interfaceType.IsAssignableFrom(c.Type)
            && (prefix is null || c.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal))).ToArray();
        if (found.Length > 1)
        {
            // Among several, the one named like the interface: IQueueGrain, QueueGrain.
            var named = Array.FindAll(found, c => "I" + c.Type.Name == interfaceType.Name);
            if (named.Length == 1) found = named;
        }
        return found.Length switch
        {
            1 => found[0],
            0 => throw new ArgumentException($"Could not find an implementation for interface {interfaceType}"),
            _ => throw new ArgumentException($"Interface {interfaceType} has several implementations: {string.Join(", ", found.Select(c => c.Type))}"),
        };
    }

    static Dictionary<GrainType, GrainClass> Find(GrainCollectionOptions options)
    {
        var classes = new Dictionary<GrainType, GrainClass>();
        foreach (var type in Assemblies().SelectMany(a => a.GetTypes()))
        {
            if (type is not { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } || !typeof(IGrainBase).IsAssignableFrom(type)) continue;
            var made = new GrainClass(type, options);
            if (!classes.TryAdd(made.GrainType, made))
                throw new InvalidOperationException($"{type} and {classes[made.GrainType].Type} have the same grain type, {made.GrainType}.");
        }
        return classes;
    }

    static List<Assembly> Assemblies()
    {
        var own = typeof(GrainClasses).Assembly.GetName().Name;
        var seen = new Dictionary<string, Assembly>();
        var open = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic));
        while (open.TryDequeue(out var assembly))
        {
            if (!seen.TryAdd(assembly.FullName!, assembly)) continue;
            foreach (var name in assembly.GetReferencedAssemblies())
                if (!IsFramework(name.Name!) && !seen.ContainsKey(name.FullName)) open.Enqueue(Assembly.Load(name));
        }
        return [.. seen.Values.Where(a => a.GetReferencedAssemblies().Any(n => n.Name == own))];
    }

    static bool IsFramework(string name) =>
        name is "netstandard" or "mscorlib" || name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
