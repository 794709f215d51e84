using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Calls;
using Carillon.Api.Problems;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Config;
using Carillon.Dispositions;
using Carillon.Storage;
using Orleans;

namespace Carillon.Api.Dispositions;

/// <param name="Disposition">Its id.</param>
/// <param name="CallAt">When to call again, if the disposition lets the agent choose.</param>
/// <param name="Note">At most 1,000 characters.</param>
sealed record DispositionToSet(string Disposition, DateTimeOffset? CallAt = null, string? Note = null);

/// <param name="Outcome">Whether the lead is as the disposition has it, will be when the call ends, or is left alone.</param>
sealed record DispositionSet(SaidOutcome Outcome, Attempt Call);

/// <summary>What people say came of a call that they may see. Refusals are thrown as <see cref="Refusal"/>.</summary>
sealed class CallDispositionDesk(
    CallDesk calls, AttemptStore attempts, ConfigStore<DispositionConfig> dispositions, DoNotCallStore doNotCall, LeadStore leads, IGrainFactory grains, AuditLog audit, TimeProvider time)
{
    const int LongestNote = 1000;

    /// <summary>What can be said of a call.</summary>
    public async Task<List<Stored<DispositionConfig>>> Choices(Caller caller, string id, CancellationToken cancel)
    {
        var (_, campaign) = await calls.Get(caller, id, cancel);
        return (await dispositions.ListAsync(cancel: cancel)).FindAll(d => IsFor(d.Config, campaign));
    }

    public async Task<DispositionSet> Set(Caller caller, string id, DispositionToSet body, CancellationToken cancel)
    {
        var (call, campaign) = await calls.Get(caller, id, cancel);
        var disposition = await dispositions.GetAsync(body.Disposition, cancel);
        var now = time.GetUtcNow();
        Check(body, disposition?.Config, campaign, now);
        var said = new CallDisposition { Id = new(disposition!.Id), Meaning = disposition.Config, At = now, By = caller.Name, CallAt = body.CallAt?.ToUniversalTime(), Note = body.Note };

        // The wish not to be called holds first of all, and whatever becomes of the rest.
        if (said.Meaning.Action == DispositionAction.DoNotCall)
        {
            var list = said.Meaning.Everywhere ? (CampaignId?)null : call.Intent.Campaign;
            await doNotCall.AddAsync(call.Intent.Number, list, said.Meaning.Name, caller.Name, cancel: cancel);
            await leads.ExcludeNumbersAsync([call.Intent.Number], list, said.Meaning.Name, cancel);
            await grains.Subscriber(call.Intent.Number).Refresh();
        }
        var outcome = await attempts.SayAsync(call.Intent.Id, said, cancel);
        if (outcome == SaidOutcome.NoSuchCall) throw Refusal.NotFound("call", id);
        if (outcome != SaidOutcome.SaidBefore)
        {
            await audit.Done(caller, "set-disposition", "call", call.Intent.Id.Value, new { from = call.Disposition?.Meaning.Name, to = said.Meaning.Name, said.CallAt, said.Note, outcome });
            await grains.Campaign(call.Intent.Campaign).LeadsChanged();
        }
        return new(outcome, (await attempts.GetAsync(call.Intent.Id, cancel))!);
    }

    static void Check(DispositionToSet body, DispositionConfig? disposition, CampaignConfig? campaign, DateTimeOffset now)
    {
        var errors = new FieldErrors();
        if (disposition is null || !IsFor(disposition, campaign)) errors.Add("disposition", $"There is no disposition {body.Disposition} for calls of this campaign.");
        else if (body.CallAt is { } at)
        {
            if (!disposition.AgentChoosesTime) errors.Add("callAt", $"The disposition {disposition.Name} leaves no choice of the time.");
            else if (at < now || at > now + DispositionConfig.LatestCall) errors.Add("callAt", $"The time must be from now to {DispositionConfig.LatestCall.Days} days ahead.");
        }
        errors.AddIf(body.Note?.Length > LongestNote, "note", $"At most {LongestNote} characters are allowed; there are {body.Note?.Length}.");
        errors.ThrowIfAny();
    }

    static bool IsFor(DispositionConfig disposition, CampaignConfig? campaign) => disposition.Group is null || disposition.Group == campaign?.Group;
}
