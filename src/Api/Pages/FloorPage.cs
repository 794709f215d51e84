using Carillon.Api.Floor;
using Carillon.Api.Problems;
using Carillon.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Pages;

/// <summary>A page that follows the floor: <see cref="Look"/> is the newest that its viewer may see, drawn anew with each look.</summary>
public abstract class FloorPage : PageBase
{
    /// <summary>So often it is asked anew who looks, that rights taken away end here too.</summary>
    static readonly TimeSpan CallerInterval = TimeSpan.FromSeconds(15);

    /// <summary>What is older is not live: looks fail, or take very long.</summary>
    static readonly TimeSpan LiveFor = TimeSpan.FromSeconds(3);

    IDisposable? _place;

    [Inject] internal FloorState Floor { get; set; } = null!;
    [Inject] IOptions<ApiOptions> Options { get; set; } = null!;

    protected FloorSnapshot Look { get; private set; } = FloorSnapshot.Unseen;

    /// <summary>Somebody has looked at the floor since the page was opened.</summary>
    protected bool Seen => Look.At > DateTimeOffset.MinValue;

    /// <summary>Nobody has looked for so long that what is shown may be wrong.</summary>
    protected bool IsStale { get; private set; }

    /// <summary>The node has as many live clients as it takes: the page shows the last look of others, if there is one.</summary>
    protected bool Full { get; private set; }

    protected override void OnInitialized()
    {
        if (Caller.Role == Role.Operator) return;
        _place = Floor.Watch();
        Full = _place is null;
        _ = Follow();
    }

    /// <summary>Works out what the page shows of a look.</summary>
    protected virtual void Looked()
    {
    }

    async Task Follow()
    {
        var (caller, askedAt, patience) = (Caller, Now, Math.Max(LiveFor.Ticks, 3 * Options.Value.EventInterval.Ticks));
        try
        {
            while (!Gone.IsCancellationRequested)
            {
                var (look, next) = Floor.Of(caller);
                await InvokeAsync(() =>
                {
                    (Look, IsStale) = (look, false);
                    Looked();
                    StateHasChanged();
                });
                await Next(next, TimeSpan.FromTicks(patience));
                if (Now - askedAt < CallerInterval) continue;
                try
                {
                    (caller, askedAt) = (await Session.Caller(Gone).WaitAsync(TimeSpan.FromTicks(patience), Time, Gone), Now);
                }
                catch (Exception e) when (Refusal.Of(e) is not null)
                {
                    // Asked again with the next look.
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    async Task Next(Task next, TimeSpan patience)
    {
        try
        {
            await next.WaitAsync(patience, Time, Gone);
        }
        catch (TimeoutException)
        {
            await InvokeAsync(() =>
            {
                IsStale = true;
                StateHasChanged();
            });
            await next.WaitAsync(Gone);
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _place?.Dispose();
    }
}
