namespace Carillon.Embedded;

/// <summary>What flows along awaits: the values of RequestContext, never changed in place, and the request being served.</summary>
sealed record CallContext(Dictionary<string, object>? Values, Request? Request)
{
    static readonly AsyncLocal<CallContext?> Flowing = new();

    public static CallContext? Current { get => Flowing.Value; set => Flowing.Value = value; }
}
