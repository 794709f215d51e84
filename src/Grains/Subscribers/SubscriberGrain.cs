using Carillon.Contacts;
using Carillon.Numbers;
using Carillon.Storage;
using Orleans;

namespace Carillon.Subscribers;

[CollectionAgeLimit(Minutes = 2)]
sealed class SubscriberGrain(SubscriberStore subscribers, TimeProvider time) : Grain, ISubscriberGrain
{
    SubscriberFacts? _facts;
    AttemptId? _reservedFor;
    DateTimeOffset _reservedUntil;

    PhoneNumber Number => new(this.GetPrimaryKeyString());

    public async Task<ReserveResult> Reserve(AttemptId attempt, CampaignId campaign, ContactTerms terms)
    {
        if (_reservedFor is { } other && other != attempt)
        {
            // Who reserved and wrote no intent for so long has given up; who wrote one is found in the store.
            if (_reservedUntil - time.GetUtcNow() is var left && left > TimeSpan.Zero && left <= ISubscriberGrain.ReservationLifetime) return new(ReserveRefusal.InCall);
            _facts = null;
        }
        _facts ??= await subscribers.FactsAsync(Number);
        var now = time.GetUtcNow();
        var answer = SubscriberRules.MayCall(_facts, campaign, terms, now);
        // What was read may be old, or another activation's calls unknown here: the store looks whether it still holds.
        if (answer.IsGranted) (answer, _reservedFor, _reservedUntil) = (answer with { Seen = _facts.Seen }, attempt, now + ISubscriberGrain.ReservationLifetime);
        if (_facts.OpenAttempt is not null) _facts = null;
        return answer;
    }

    public Task Release(AttemptId attempt)
    {
        if (_reservedFor == attempt) _reservedFor = null;
        _facts = null;
        return Task.CompletedTask;
    }

    public Task Refresh()
    {
        _facts = null;
        return Task.CompletedTask;
    }
}
