using Carillon.Api.Access;
using Carillon.Api.Pages.Language;
using Carillon.Api.Problems;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Radzen;

namespace Carillon.Api.Pages;

/// <summary>What every page has: its words, who looks at it, and one way to do something that the node may refuse.</summary>
public abstract partial class PageBase : ComponentBase, IDisposable
{
    // Never disposed: what a page has begun may ask for its token after the page is gone.
    readonly CancellationTokenSource _gone = new();

    [Inject] protected Words W { get; set; } = null!;
    [Inject] protected PageSession Session { get; set; } = null!;
    [Inject] protected NavigationManager Navigation { get; set; } = null!;
    [Inject] protected NotificationService Notices { get; set; } = null!;
    [Inject] protected TimeProvider Time { get; set; } = null!;
    [Inject] ILogger<PageBase> Logger { get; set; } = null!;
    [CascadingParameter] public Caller Caller { get; set; } = null!;

    /// <summary>What was refused last, with the fields that it concerns.</summary>
    protected Refusal? Refused { get; private set; }

    /// <summary>Something is being done; its buttons wait.</summary>
    protected bool Busy { get; private set; }

    protected DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>Does something as the user who is signed in now. What is refused, or cannot be done now, is kept for the page to show; true: it was done.</summary>
    protected async Task<bool> Do(Func<Caller, CancellationToken, Task> act, bool notice = false)
    {
        if (Busy) return false;
        (Busy, Refused) = (true, null);
        try
        {
            await act(await Session.Caller(Gone), Gone);
            return true;
        }
        catch (Exception e) when (Known(e) is { } refusal)
        {
            Refused = refusal;
            if (notice) Notices.Notify(NotificationSeverity.Error, W.Said(refusal.Message), duration: 8000);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }
        catch (SessionEnded)
        {
            SignInAgain();
        }
        finally
        {
            Busy = false;
        }
        return false;
    }

    /// <summary>As <see cref="Refusal.Of"/>; what is not the user's doing is logged.</summary>
    protected Refusal? Known(Exception exception)
    {
        var refusal = Refusal.Of(exception);
        if (refusal is not null && exception is not Refusal) LogUnavailable(Logger, exception, GetType().Name);
        return refusal;
    }

    void SignInAgain() => Navigation.NavigateTo(Doors.SignInFor("/" + Navigation.ToBaseRelativePath(Navigation.Uri)), forceLoad: true);

    /// <summary>What is wrong with a field, named as in JSON; empty if nothing is.</summary>
    protected string Problem(string field) =>
        Refused?.Errors?.ToDictionary().TryGetValue(field, out var sentences) == true ? string.Join(' ', sentences.Select(W.Said)) : "";

    /// <summary>What is wrong with anything within a field, such as an entry of a list.</summary>
    protected string ProblemsIn(string field) =>
        string.Join(' ', Refused?.Errors?.ToDictionary().Where(e => e.Key == field || (e.Key.StartsWith(field, StringComparison.Ordinal) && e.Key[field.Length] is '[' or '.')).SelectMany(e => e.Value).Select(W.Said) ?? []);

    protected void Say(string sentence) => Notices.Notify(NotificationSeverity.Success, sentence, duration: 4000);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _gone.Cancel();
    }

    [LoggerMessage(LogLevel.Warning, "{Page} could not do now what it was asked.")]
    static partial void LogUnavailable(ILogger logger, Exception exception, string page);
}
