using Carillon.Api.Access;
using Carillon.Api.Problems;
using Carillon.Users;

namespace Carillon.Api.Configs;

/// <summary>What is particular about the configs of one kind; <see cref="ConfigDesk{T}"/> does the rest.</summary>
abstract class ConfigRules<T> where T : class
{
    /// <summary>As sentences call it: campaign, server …</summary>
    public abstract string Noun { get; }

    /// <summary>The least role that may change what is theirs; supervisors may read.</summary>
    public virtual Role ChangedBy => Role.Supervisor;

    /// <summary>False: it belongs to no group, and everybody who may read this kind sees all of it.</summary>
    public virtual bool HasGroup => true;

    public virtual string? GroupOf(T config) => null;

    public abstract string NameOf(T config);

    /// <summary>The field that <see cref="NameOf"/> reads.</summary>
    public virtual string NameField => "name";

    public virtual string NewId(T config, DateTimeOffset now) => SortableId.New(now);

    /// <summary>Fills in what an edit leaves out and keeps.</summary>
    public virtual T Complete(T config, T? before) => config;

    /// <summary>Adds everything that is wrong, so that a client is told of all of it at once.</summary>
    public abstract Task Check(T config, T? before, Caller caller, FieldErrors errors, CancellationToken cancel);

    /// <summary>What stands in the way of a deletion, in words such as <c>campaign Spring</c>.</summary>
    public virtual Task<IReadOnlyList<string>> UsedBy(string id, CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Tells the grains concerned, once the change is stored.</summary>
    public virtual Task Changed(string id, T? before, T? after) => Task.CompletedTask;

    public bool MaySee(Caller caller, T config) => caller.IsAdministrator || !HasGroup || caller.Owns(GroupOf(config));
}
