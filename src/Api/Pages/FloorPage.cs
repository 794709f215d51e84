using Carillon.Api.Floor;
using Carillon.Api.Problems;
using Carillon.Users;
using Microsoft.AspNetCore.Components;

namespace Carillon.Api.Pages;

/// <summary>A page that follows the floor: <see cref="Look"/> is the newest that its viewer may see, drawn anew with each look.</summary>
public abstract class FloorPage : PageBase
{
    /// <summary>So often it is asked anew who looks, that rights taken away end here too.</summary>
    static readonly TimeSpan CallerInterval = TimeSpan.FromSeconds(15);

    IDisposable? _place;

    [Inject] internal FloorState Floor { get; set; } = null!;

    protected FloorSnapshot Look { get; private set; } = FloorSnapshot.Unseen;

    /// <summary>Somebody has looked at the floor since the page was opened.</summary>
    protected bool Seen => Look.At > DateTimeOffset.MinValue;

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
        var (caller, askedAt) = (Caller, Now);
        try
        {
            while (!Gone.IsCancellationRequested)
            {
                var (look, next) = Floor.Of(caller);
                await InvokeAsync(() =>
                {
                    Look = look;
                    Looked();
                    StateHasChanged();
                });
                await next.WaitAsync(Gone);
                if (Now - askedAt < CallerInterval) continue;
                try
                {
                    (caller, askedAt) = (await Session.Caller(Gone), Now);
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

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _place?.Dispose();
    }
}
