using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Carillon.Embedded;

/// <summary>One method of a grain or observer interface: how it is called and how its result comes back.</summary>
abstract class GrainMethod(MethodInfo method)
{
    static readonly ConcurrentDictionary<MethodInfo, GrainMethod> Known = [];
    static readonly Func<MethodInfo, GrainMethod> Describe = Make;

    readonly MethodInvoker _invoker = MethodInvoker.Create(method);

    public string Name { get; } = $"{method.DeclaringType!.Name}.{method.Name}";
    public bool IsOneWay { get; } = method.IsDefined(typeof(OneWayAttribute)) || method.ReturnType == typeof(void);
    public bool IsReadOnly { get; } = method.IsDefined(typeof(ReadOnlyAttribute));
    public bool AlwaysInterleaves { get; } = method.IsDefined(typeof(AlwaysInterleaveAttribute));
    public TimeSpan? Timeout { get; } = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;

    /// <summary>The index of the cancellation token among the arguments, or -1.</summary>
    public int Token { get; } = Array.FindIndex(method.GetParameters(), p => p.ParameterType == typeof(CancellationToken));

    protected Type ReturnType { get; } = method.ReturnType;

    protected Type[] ParameterTypes { get; } = Array.ConvertAll(method.GetParameters(), p => p.ParameterType);

    public static GrainMethod Of(MethodInfo method) => Known.GetOrAdd(method, Describe);

    public abstract object? Call(GrainReference target, object?[] args);

    protected object? Invoke(object instance, object?[] args) => _invoker.Invoke(instance, args.AsSpan());

    static GrainMethod Make(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask)) return new GrainMethod<Nothing>(method);
        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            return (GrainMethod)Activator.CreateInstance(typeof(GrainMethod<>).MakeGenericType(type.GenericTypeArguments), method)!;
        throw new NotSupportedException($"{method.DeclaringType}.{method.Name} returns {type}; grain methods return Task, Task<T>, ValueTask or ValueTask<T>.");
    }
}

readonly struct Nothing;

sealed class GrainMethod<T>(MethodInfo method) : GrainMethod(method)
{
    public override object? Call(GrainReference target, object?[] args)
    {
        ReplaceGrains(args);
        var request = new Request<T>(this, target, args);
        request.Send();
        if (ReturnType == typeof(void)) return null;
        var answer = IsOneWay ? Task.FromResult(default(T)!) : request.Answer;
        if (!ReturnType.IsValueType) return answer;
        return ReturnType == typeof(ValueTask) ? new ValueTask(answer) : new ValueTask<T>(answer);
    }

    public async ValueTask<T> InvokeAsync(object instance, object?[] args)
    {
        switch (Invoke(instance, args))
        {
            case Task<T> task: return await task;
            case Task task: await task; return default!;
            case ValueTask<T> task: return await task;
            case ValueTask task: await task; return default!;
            case null when ReturnType == typeof(void): return default!;
            default: throw new InvalidOperationException($"{Name} returned null instead of a task.");
        }
    }

    // A grain's instance never leaves its activation, a plain observer object never its owner: only references travel.
    void ReplaceGrains(object?[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is IGrainBase grain) args[i] = grain.GrainContext.GrainReference.As(ParameterTypes[i]);
            else if (args[i] is IGrainObserver and not GrainReference)
                throw new ArgumentException($"Pass what CreateObjectReference returns, not the {args[i]!.GetType()} itself.");
        }
    }
}
