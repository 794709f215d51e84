using Carillon.Api.Access;

namespace Carillon.Api.Pages;

public abstract partial class PageBase
{
    CancellationTokenSource? _reading;

    /// <summary>What the page is to show is being read.</summary>
    protected bool Reading => _reading is not null;

    /// <summary>
    /// Reads what the page shows, as the user who is signed in now. Only what was asked for last is shown: who chooses anew ends what is still being read.
    /// Refusals are kept as by <see cref="Do"/>; true: it is shown.
    /// </summary>
    protected async Task<bool> Read<T>(Func<Caller, CancellationToken, Task<T>> ask, Action<T> show)
    {
        _reading?.Cancel();
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        (_reading, Refused) = (mine, null);
        // Also in the middle of what the page began with, after which alone it would be drawn.
        StateHasChanged();
        try
        {
            var answer = await ask(await Session.Caller(mine.Token), mine.Token);
            // It may have come in the moment in which something else was asked for.
            if (_reading != mine) return false;
            show(answer);
            return true;
        }
        catch (Exception e) when (_reading != mine || (e is OperationCanceledException && mine.IsCancellationRequested))
        {
            // Nobody waits for it any more.
        }
        catch (Exception e) when (Known(e) is { } refusal)
        {
            Refused = refusal;
        }
        catch (SessionEnded)
        {
            SignInAgain();
        }
        finally
        {
            if (_reading == mine) _reading = null;
        }
        return false;
    }

    /// <summary>Ends what is being read; nothing of it is shown.</summary>
    protected void StopReading()
    {
        _reading?.Cancel();
        _reading = null;
    }
}
