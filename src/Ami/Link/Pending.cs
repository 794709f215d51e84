using Carillon.Ami.Events;

namespace Carillon.Ami;

/// <summary>An action that waits for its answer. The first outcome counts; later ones find it gone.</summary>
abstract class Pending
{
    /// <summary>Takes an answer; true if nothing more is to come.</summary>
    public abstract bool Answer(AmiResponse response);

    public abstract void Break(AmiBreak cause);
}

abstract class Pending<T> : Pending
{
    readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Done => _done.Task;

    public abstract T NotSent(string why, AmiCause cause);

    public abstract T TimedOut();

    public abstract T Cancelled();

    protected void Complete(T outcome) => _done.TrySetResult(outcome);
}

sealed class PendingAction : Pending<AmiResponse>
{
    public override bool Answer(AmiResponse response)
    {
        Complete(response);
        return true;
    }

    public override void Break(AmiBreak cause) => Complete(AmiResponse.Unknown(cause.Detail, cause.Cause));

    public override AmiResponse NotSent(string why, AmiCause cause) => AmiResponse.NotSent(why, cause);

    public override AmiResponse TimedOut() => AmiResponse.Unknown("Asterisk did not answer in time.");

    public override AmiResponse Cancelled() => AmiResponse.Unknown("The wait for the answer was cancelled.");
}

/// <param name="started">Called by the read loop when Asterisk begins the list, before its first row.</param>
sealed class PendingList(int maxRows, Action? started = null) : Pending<AmiListResult>
{
    readonly List<AmiEvent> _rows = [];
    bool _full;

    public override bool Answer(AmiResponse response)
    {
        if (response.Success)
        {
            started?.Invoke();
            return false;
        }
        var outcome = response.Answer == AmiAnswer.Refused && SaysEmpty(response.Message) ? AmiListOutcome.Empty : AmiListOutcome.Refused;
        Complete(new(outcome, [], response.Message, response.Answer));
        return true;
    }

    public void Add(AmiEvent row)
    {
        if (_rows.Count < maxRows) _rows.Add(row);
        else _full = true;
    }

    /// <param name="mark">The value of EventList: Complete or Cancelled.</param>
    /// <param name="items">ListItems, -1 if it is missing.</param>
    public void End(string mark, int items)
    {
        if (!mark.Equals("Complete", StringComparison.OrdinalIgnoreCase)) Interrupt($"Asterisk ended the list with '{mark}'.");
        else if (_full) Interrupt($"The list has more than {maxRows} rows.");
        else if (items >= 0 && items != _rows.Count) Interrupt($"The list has {_rows.Count} rows, but Asterisk counted {items}.");
        else Complete(new(_rows.Count > 0 ? AmiListOutcome.Completed : AmiListOutcome.Empty, _rows, ""));
    }

    public override void Break(AmiBreak cause) => Complete(new(AmiListOutcome.Interrupted, _rows, cause.Detail, AmiAnswer.Unknown));

    public override AmiListResult NotSent(string why, AmiCause cause) => new(AmiListOutcome.Refused, [], why, AmiAnswer.NotSent);

    public override AmiListResult TimedOut() => new(AmiListOutcome.TimedOut, [], "The list did not end in time.", AmiAnswer.Unknown);

    public override AmiListResult Cancelled() => new(AmiListOutcome.Interrupted, [], "The wait for the list was cancelled.", AmiAnswer.Unknown);

    void Interrupt(string why) => Complete(new(AmiListOutcome.Interrupted, _rows, why));

    // "No Contacts found", "No endpoints found", "No active conferences."; not "No such channel", not "No Conference by that name found."
    static bool SaysEmpty(string message) =>
        message.StartsWith("No active ", StringComparison.OrdinalIgnoreCase)
        || (message.StartsWith("No ", StringComparison.OrdinalIgnoreCase)
            && message.TrimEnd('.', ' ').EndsWith(" found", StringComparison.OrdinalIgnoreCase)
            && !message.Contains(" by that ", StringComparison.OrdinalIgnoreCase));
}
