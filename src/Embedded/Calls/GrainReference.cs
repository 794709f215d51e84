using System.Reflection;
using Carillon.Embedded;

namespace Orleans.Runtime;

/// <summary>A name that can be called. Two references are equal when they name the same grain, whatever their interfaces.</summary>
public class GrainReference : DispatchProxy, IAddressable, IEquatable<GrainReference>
{
    Mailbox? _mailbox;

    public GrainId GrainId { get; private set; }

    internal Catalog Catalog { get; private set; } = null!;

    internal static GrainReference Create(Catalog catalog, GrainId id, Type? interfaceType)
    {
        var reference = interfaceType is null ? new() : (GrainReference)Create(interfaceType, typeof(GrainReference));
        reference.GrainId = id;
        reference.Catalog = catalog;
        return reference;
    }

    internal object As(Type interfaceType) => Create(Catalog, GrainId, interfaceType);

    /// <summary>Where to post: the mailbox of the last call as long as it lives, which saves the lookup.</summary>
    internal Mailbox? Locate() => _mailbox is { IsDead: false } mailbox ? mailbox : _mailbox = Catalog.Find(GrainId);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => GrainMethod.Of(targetMethod!).Call(this, args ?? []);

    public bool Equals(GrainReference? other) => other is not null && other.GrainId == GrainId;

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"GrainReference:{GrainId}";
}
