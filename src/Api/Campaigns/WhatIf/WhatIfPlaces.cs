using Microsoft.Extensions.Options;

namespace Carillon.Api.Campaigns.WhatIf;

/// <summary>How many simulations run at once on this node: each takes a processor for a second or two, which calls need too.</summary>
sealed class WhatIfPlaces(IOptions<ApiOptions> options)
{
    int _taken;

    /// <summary>Null: there are as many as may be.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _taken) <= options.Value.MaxWhatIfs) return new Place(this);
        Interlocked.Decrement(ref _taken);
        return null;
    }

    sealed class Place(WhatIfPlaces places) : IDisposable
    {
        int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) Interlocked.Decrement(ref places._taken);
        }
    }
}
