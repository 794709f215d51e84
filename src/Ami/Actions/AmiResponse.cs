using Carillon.Ami.Events;

namespace Carillon.Ami;

/// <summary>What became of an action.</summary>
public enum AmiAnswer
{
    /// <summary>Asterisk answered "Success" (or "Goodbye", "Follows", "Pong").</summary>
    Success,
    /// <summary>Asterisk answered "Error"; <see cref="AmiResponse.Message"/> says why.</summary>
    Refused,
    /// <summary>Asterisk answered "Permission denied": the AMI user lacks a write permission.</summary>
    PermissionDenied,
    /// <summary>Nothing was sent: not a valid action, no connection, or no room in time.</summary>
    NotSent,
    /// <summary>Sent, but no answer came: the link broke or the time was over. It may or may not have happened.</summary>
    Unknown,
}

/// <summary>The answer to one action.</summary>
/// <param name="Message">Asterisk's message, or our own sentence if there was no answer.</param>
/// <param name="Cause">For NotSent and Unknown: the first cause of the break, None if the link lives.</param>
public sealed record AmiResponse(AmiAnswer Answer, string Message, AmiHeaders Headers, AmiCause Cause = AmiCause.None)
{
    public bool Success => Answer == AmiAnswer.Success;

    /// <summary>A header of the answer, "" if it is missing.</summary>
    public string this[string key] => Headers[key];

    /// <summary>The lines that a Command printed.</summary>
    public IReadOnlyList<string> Output => Headers.All("Output");

    internal static AmiResponse NotSent(string why, AmiCause cause = AmiCause.None) => new(AmiAnswer.NotSent, why, AmiHeaders.Empty, cause);

    internal static AmiResponse Unknown(string why, AmiCause cause = AmiCause.None) => new(AmiAnswer.Unknown, why, AmiHeaders.Empty, cause);
}

/// <summary>How a list ended. Only the rows of a Completed (or Empty) one are the truth.</summary>
public enum AmiListOutcome
{
    Completed,
    /// <summary>Asterisk has nothing to list; some actions say so by an error.</summary>
    Empty,
    /// <summary>Not permitted, unknown, not valid or not sent.</summary>
    Refused,
    /// <summary>Cut off: the link broke, Asterisk cancelled it, or the number of rows differs from ListItems.</summary>
    Interrupted,
    TimedOut,
}

/// <summary>The answer to a list action.</summary>
/// <param name="Rows">Typed where there is a class for the row; in the order of arrival.</param>
/// <param name="Message">Why it is not Completed; "" otherwise.</param>
public sealed record AmiListResult(AmiListOutcome Outcome, IReadOnlyList<AmiEvent> Rows, string Message, AmiAnswer Answer = AmiAnswer.Success)
{
    /// <summary>The rows are all there are.</summary>
    public bool Whole => Outcome is AmiListOutcome.Completed or AmiListOutcome.Empty;
}
