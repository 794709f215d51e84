namespace Orleans.Runtime;

/// <summary>One activation, seen from its grain.</summary>
public interface IGrainContext
{
    GrainReference GrainReference { get; }

    GrainId GrainId { get; }

    object? GrainInstance { get; }

    /// <summary>A scope of its own for each activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes once the activation is gone.</summary>
    Task Deactivated { get; }

    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

static class RuntimeContext
{
    [ThreadStatic]
    static IGrainContext? _current;

    /// <summary>The activation whose turn runs on this thread, or null outside of grains.</summary>
    public static IGrainContext? Current { get => _current; set => _current = value; }
}

/// <summary>Keys under which a host looks for a clock before it takes the unkeyed <see cref="TimeProvider"/>.</summary>
public static class TimeProviderNames
{
    /// <summary>Grain timers.</summary>
    public const string Grains = "Orleans.Grains";

    /// <summary>Response timeouts.</summary>
    public const string Messaging = "Orleans.Messaging";

    /// <summary>Idle collection.</summary>
    public const string ActivationManagement = "Orleans.ActivationManagement";
}
