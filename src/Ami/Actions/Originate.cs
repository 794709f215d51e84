using System.Globalization;

namespace Carillon.Ami;

/// <summary>
/// One outgoing call. Always asynchronous: the answer only says whether Asterisk took it; what becomes of it is told by events
/// whose unique id is <see cref="ChannelId"/>, and by OriginateResponse with <see cref="ActionId"/>.
/// Give either <see cref="Application"/>, or <see cref="Context"/> and <see cref="Exten"/>.
/// </summary>
public sealed record Originate
{
    /// <summary>The dial string, such as PJSIP/79001234567@trunk.</summary>
    public required string Channel { get; init; }

    /// <summary>The unique id of the channel; new for each call ever made on this server (a used one fails). 1 to 149 characters.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The unique id of the second half of a Local channel; required for Local channels only.</summary>
    public string? OtherChannelId { get; init; }

    /// <summary>1 to 63 characters; default: <see cref="ChannelId"/>.</summary>
    public string? ActionId { get; init; }

    /// <summary>What runs when the call is answered, such as Queue.</summary>
    public string? Application { get; init; }

    /// <summary>The application's arguments.</summary>
    public string? Data { get; init; }

    public string? Context { get; init; }
    public string? Exten { get; init; }
    public int Priority { get; init; } = 1;

    /// <summary>Such as "Name" &lt;74951234567&gt; or the bare number.</summary>
    public string? CallerId { get; init; }

    /// <summary>How long it may ring. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public string? Account { get; init; }

    /// <summary>Channel variables; values are escaped. At most 64. Names: letters, digits, underscores, up to two leading underscores for inheritance.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Such as alaw,ulaw; default: the channel's own.</summary>
    public string? Codecs { get; init; }

    internal AmiAction ToAction()
    {
        var action = new AmiAction("Originate", ActionId ?? ChannelId) { Veto = Veto, NeverLate = true }
            .With("Channel", Channel).With("Async", "true").With("ChannelId", ChannelId).With("OtherChannelId", OtherChannelId)
            .With("Application", Application).With("Data", Data);
        if (Application is null)
            action.With("Context", Context).With("Exten", Exten).With("Priority", Priority.ToString(CultureInfo.InvariantCulture));
        action.With("CallerID", CallerId).With("Timeout", ((long)Timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture))
            .With("Account", Account).With("Codecs", Codecs);
        foreach (var (name, value) in Variables) action.WithVariable(name, value);
        return action;
    }

    /// <summary>What is wrong with it, or null.</summary>
    internal string? Problem() => this switch
    {
        { Channel: "" } => "Channel is empty.",
        { ChannelId: "" or { Length: > 149 } } => "ChannelId must have 1 to 149 characters.",
        { OtherChannelId: "" or { Length: > 149 } } => "OtherChannelId must have 1 to 149 characters.",
        { Timeout: var timeout } when timeout < TimeSpan.FromMilliseconds(1) => "Timeout must be at least 1 ms.",
        { Application: null, Context: null or "" } or { Application: null, Exten: null or "" } => "Application, or Context and Exten, must be given.",
        { Application: not null, Context: not null } => "Application and Context exclude each other.",
        _ => null,
    };

    /// <summary>Asked directly before the call is sent, however long it waited for its turn: a reason why it must not be placed any more, or null.</summary>
    public Func<string?>? Veto { get; init; }

    public override string ToString() => $"Originate {ChannelId}";
}

/// <summary>What an Originate's answer means.</summary>
public abstract record OriginateResult
{
    OriginateResult() { }

    /// <summary>Asterisk took it. Events tell the rest; there may be none but OriginateResponse.</summary>
    public sealed record Accepted(string ChannelId) : OriginateResult;

    /// <summary>Certainly no call was placed.</summary>
    public sealed record Rejected(AmiAnswer Answer, string Message) : OriginateResult;

    /// <summary>It may have been placed. Never send it again: a later snapshot either has its ChannelId, or not.</summary>
    public sealed record Unknown(AmiCause Cause, string Detail) : OriginateResult;

    internal static OriginateResult From(AmiResponse response, string channelId) => response.Answer switch
    {
        AmiAnswer.Success => new Accepted(channelId),
        AmiAnswer.Unknown => new Unknown(response.Cause, response.Message),
        _ => new Rejected(response.Answer, response.Message),
    };
}
