using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Carillon.Api.Problems;

/// <summary>The one place where what went wrong becomes ProblemDetails (RFC 9457).</summary>
sealed partial class ProblemMapper(IProblemDetailsService problems, ILogger<ProblemMapper> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // A caller who hung up gets no answer, and is no fault of ours.
        if (httpContext.RequestAborted.IsCancellationRequested) return true;
        if (httpContext.Response.HasStarted) return false;

        var refusal = Map(exception);
        if (exception is not Refusal && refusal is null or { Status: StatusCodes.Status503ServiceUnavailable }) LogUnexpected(logger, exception, httpContext.Request.Method, httpContext.Request.Path);
        if (refusal?.RetryAfter is { } wait)
            httpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

        if (refusal?.Status == StatusCodes.Status401Unauthorized) httpContext.Response.Headers.WWWAuthenticate = "Bearer";
        var status = httpContext.Response.StatusCode = refusal?.Status ?? StatusCodes.Status500InternalServerError;
        var sentence = refusal?.Message ?? "Something went wrong on the node; its log says what.";
        var details = refusal?.Errors is { } errors
            ? new HttpValidationProblemDetails(errors.ToDictionary()) { Title = null }
            : new ProblemDetails();
        details.Status = status;
        details.Detail = sentence;
        return await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = details });
    }

    /// <summary>What the framework refuses by itself gets a sentence too.</summary>
    public static void Complete(ProblemDetailsContext context) => context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take this method.",
        StatusCodes.Status408RequestTimeout => TooSlow,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => NotJson,
        _ => null,
    };

    const string TooSlow = "The body came too slowly: send at least 240 bytes a second.";
    const string TooLarge = "The body is larger than this address takes.";
    const string NotJson = "The body must be application/json.";

    static Refusal? Map(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Refusal.TooLarge(TooLarge),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => Refusal.TooSlow(TooSlow),
        BadHttpRequestException { InnerException: JsonException json } => Refusal.Invalid(Json(json)),
        BadHttpRequestException bad => BadRequest(bad),
        JsonException json => Refusal.Invalid(Json(json)),
        // Of a form: the framework has no better word for it.
        IOException end when end.Message.StartsWith("Unexpected end of Stream", StringComparison.Ordinal) => Refusal.Invalid("body", "The form ends before it is whole."),
        _ => Refusal.Of(exception),
    };

    static Refusal BadRequest(BadHttpRequestException exception)
    {
        if (exception.StatusCode == StatusCodes.Status415UnsupportedMediaType) return Refusal.UnsupportedMedia(NotJson);
        var parameter = ParameterName().Match(exception.Message);
        return Refusal.Invalid(parameter.Success ? parameter.Groups[1].Value : "body", exception.Message);
    }

    static FieldErrors Json(JsonException exception)
    {
        var errors = new FieldErrors();
        var missing = Missing().Match(exception.Message);
        if (missing.Success)
        {
            foreach (Match name in Quoted().Matches(missing.Value)) errors.Add(Field(exception.Path, name.Groups[1].Value), "This field is required.");
            return errors;
        }
        var path = Field(exception.Path, null);
        if (exception.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
            return errors.Add(path, "There is no field of this name.");
        if (exception.Message.Contains("Duplicate property", StringComparison.Ordinal)) return errors.Add(path, "This field is given twice.");
        if (exception.Message.Contains("allow null values", StringComparison.Ordinal))
            return errors.Add(exception.Path is null or "$" && NullParameter().Match(exception.Message) is { Success: true } name
                ? char.ToLowerInvariant(name.Groups[1].ValueSpan[0]) + name.Groups[1].Value[1..] : path, "This field must not be null.");
        if (exception.InnerException is FormatException format) return errors.Add(path, format.Message);
        var where = exception is { LineNumber: { } line, BytePositionInLine: { } column } ? $" (line {line + 1}, byte {column + 1})" : "";
        return exception.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? errors.Add(path, $"The value cannot be read as what this field holds{where}.")
            : errors.Add("body", $"The body is not valid JSON{where}.");
    }

    static string Field(string? path, string? member)
    {
        var field = path is null or "$" ? "" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
        if (member is null) return field.Length == 0 ? "body" : field;
        return field.Length == 0 ? member : $"{field}.{member}";
    }

    [GeneratedRegex("including:.*$")]
    private static partial Regex Missing();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("(?:property|parameter) '(\\w+)'")]
    private static partial Regex NullParameter();

    [GeneratedRegex("parameter \"[^\"]* (\\w+)\"")]
    private static partial Regex ParameterName();

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed.")]
    static partial void LogUnexpected(ILogger logger, Exception exception, string method, string path);
}
