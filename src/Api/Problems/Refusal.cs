using System.Diagnostics.CodeAnalysis;
using Carillon.Storage;
using Microsoft.AspNetCore.Http;
using Orleans.Runtime;

namespace Carillon.Api.Problems;

/// <summary>A request that is not carried out, with the answer its sender gets. <see cref="ProblemMapper"/> turns it into ProblemDetails.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is what its name says; thrown, it reads: throw Refusal.NotFound.")]
public sealed class Refusal : Exception
{
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    Refusal(int status, string sentence, FieldErrors? errors = null) : base(sentence) => (Status, Errors) = (status, errors);

    public int Status { get; }
    public FieldErrors? Errors { get; }
    /// <summary>When it is worth trying again.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>What went wrong, if whoever asked can do something about it, and be it to ask again. Null: it is a fault that only the log tells.</summary>
    public static Refusal? Of(Exception exception) => exception switch
    {
        Refusal refusal => refusal,
        StorageException { IsTransient: true } => Unavailable("The database cannot be reached now; try again.", AskAgain),
        // Whether it was done nobody knows.
        TimeoutException => Unavailable("No answer came in time. It may have been done all the same: look before you try again.", AskAgain),
        OrleansException => Unavailable("This node cannot do it now: it starts, ends, or has lost another node. Try again in a moment.", AskAgain),
        _ => null,
    };

    public static Refusal Invalid(FieldErrors errors) => new(StatusCodes.Status400BadRequest, "The request has errors.", errors);
    public static Refusal Invalid(string field, string sentence) => Invalid(new FieldErrors().Add(field, sentence));
    public static Refusal Unauthorized(string sentence) => new(StatusCodes.Status401Unauthorized, sentence);
    public static Refusal Forbidden(string sentence) => new(StatusCodes.Status403Forbidden, sentence);
    /// <summary>Also for what exists but is not the caller's to see.</summary>
    public static Refusal NotFound(string what, string id) => new(StatusCodes.Status404NotFound, $"There is no {what} {id}.");
    public static Refusal TooSlow(string sentence) => new(StatusCodes.Status408RequestTimeout, sentence);
    public static Refusal Conflict(string sentence, string? field = null) =>
        new(StatusCodes.Status409Conflict, sentence, field is null ? null : new FieldErrors().Add(field, sentence));
    public static Refusal Busy(string sentence, TimeSpan retryAfter) => new(StatusCodes.Status409Conflict, sentence) { RetryAfter = retryAfter };
    public static Refusal PreconditionFailed(string sentence) => new(StatusCodes.Status412PreconditionFailed, sentence);
    public static Refusal TooLarge(string sentence) => new(StatusCodes.Status413PayloadTooLarge, sentence);
    public static Refusal UnsupportedMedia(string sentence) => new(StatusCodes.Status415UnsupportedMediaType, sentence);
    public static Refusal Unprocessable(string sentence) => new(StatusCodes.Status422UnprocessableEntity, sentence);
    public static Refusal PreconditionRequired(string sentence) => new(StatusCodes.Status428PreconditionRequired, sentence);
    public static Refusal TooManyRequests(string sentence, TimeSpan retryAfter) => new(StatusCodes.Status429TooManyRequests, sentence) { RetryAfter = retryAfter };
    public static Refusal Unavailable(string sentence, TimeSpan? retryAfter = null) => new(StatusCodes.Status503ServiceUnavailable, sentence) { RetryAfter = retryAfter };
}
