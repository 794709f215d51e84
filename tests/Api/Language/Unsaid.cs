using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Carillon.Api.Tests.Language;

/// <summary>Texts with words that no page shows, by kind. A sentence for people belongs into <c>sentences.ru.json</c>, not here.</summary>
static class Unsaid
{
    /// <summary>What OpenAPI says of endpoints.</summary>
    static readonly string[] Documenting = ["WithSummary", "WithDescription", "WithTags"];

    /// <summary>Thrown at whoever wrote the calling code; the last one is caught where a workbook is read, and said in other words.</summary>
    static readonly string[] ForDevelopers = ["ArgumentException", "ArgumentOutOfRangeException", "InvalidOperationException", "NotSupportedException", "ObjectDisposedException", "InvalidDataException"];

    static readonly string[] Types =
    [
        // Documentation of the REST API.
        "OpenApiDocumentation",
        // Protocols, formats, headers and patterns: programs read them.
        "AgiText", "AmiHeaders", "ExpositionFormats", "ExpositionWriter", "SecurityHeaders", "PageAssets", "CsvTable", "XlsxParts", "XlsxTable", "Words",
        // Names that lists have for their columns.
        "ColumnNames",
        // What this program would do wrong with AMI.
        "ActionWriter", "Correlator", "Originate",
        // What whoever starts a node reads in its console.
        "FirstAdministrator", "SecretFile", "GrainHost", "Proxies",
        // Names of what is counted against a lock, in the database.
        "LockOut",
        // Whom a log entry is about.
        "ServerLink",
    ];

    /// <summary>Compared with what comes from elsewhere, or a proper name.</summary>
    static readonly string[] Marks =
    [
        "No active", "by that", "Permission denied", "Extension does not exist", "Asterisk Call Manager/", "Unexpected end of Stream", "Duplicate property", "allow null values", "could not be mapped to any .NET member", "could not be converted",
        "UTF-8 with BOM", "UTF-16 big-endian", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd H:mm", "yyyy-MM-dd H:mm:ss", "d.M.yyyy H:mm", "d.M.yyyy H:mm:ss", "{0} zzz", "SIP {0}", "{0} (key {1})",
    ];

    /// <summary>Said to programs only: of headers, queries, JSON, keys and streams, which pages do by themselves and rightly.</summary>
    static readonly string[] ToPrograms =
    [
        "Set to work", "Dial nothing new until resumed", "Go on after a pause", "Dial nothing new", "Dial nothing new, and stop when the last call has ended",
        "Sign in, or send an API key: Authorization: Bearer <key>.", "Too many wrong keys from this address.", "The key is wrong, revoked or expired.", "Change your password first: PUT /api/v1/session/password.",
        "A change by session cookie needs the header X-Requested-With, or to come from a page of this node.", "This address answers callers on the same machine only, and from the networks that Api:MetricsTo names.",
        "The node is starting.", "The node is stopping.", "The node is not ready; callers on its own machine are told why.", "This node has as many live clients as it takes (Api:MaxEventClients).",
        "There is nothing at this address.", "This address does not take this method.", "The body must be application/json.",
        "There is no field of this name.", "This field is given twice.", "This field must not be null.", "line {0}, byte {1})",
        "The value cannot be read as what this field holds{0}.", "The body is not valid JSON{0}.",
        "A duration is written hours:minutes:seconds, such as 00:03:00.", "A time of day is written hours:minutes, such as 09:30.",
        "The limit must be from 1 to {0}.", "This is not a cursor that a list gave.", "There is no outcome {0}; there are {1}.", "There is no status {0}; there are {1}.", "Calls are summed up by {0}, not by {1}.",
        "There is no time zone {0}; use a name such as Europe/Moscow.", "The separator is comma, semicolon or tab.", "The delimiter is comma, semicolon or tab.", "Columns are counted from 1.",
        "The form has no boundary.", "The form cannot be read to its first file.", "The form has no file.", "Send the list as {0}, or as a file in multipart/form-data.", "Name leads by ids or by numbers.",
        "POST /campaigns/{id}/archive puts a campaign into the archive, and /unarchive takes it out.", "Say agents or agentsMore, not both.", "A ratio is for the mode Ratio; this is {0}.",
        "Send the ETag that you read as If-Match, so that nobody's change is overwritten unseen.", "If-Match is not an ETag that was read here.", "An idempotency key has 1 to {0} characters.",
        "The request with this Idempotency-Key is being carried out.", "This was done by the first request with this Idempotency-Key, and its answer is shown only once.", "This Idempotency-Key was used for another request.",
    ];

    public static IReadOnlyList<string> Sentences { get; } = [.. Marks, .. ToPrograms];

    public static bool ByWhereItStands(ExpressionSyntax text) => text.Ancestors().Any(a => a switch
    {
        // Messages of the log, regular expressions, reasons for the analyzers.
        AttributeSyntax => true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: var method } } => Documenting.Contains(method),
        ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: var type } } => ForDevelopers.Contains(type),
        MethodDeclarationSyntax { ReturnType: IdentifierNameSyntax { Identifier.Text: var type } } => ForDevelopers.Contains(type),
        // Settings of the process are refused when it starts; metrics describe themselves to Prometheus.
        TypeDeclarationSyntax { Identifier.Text: var type } => Types.Contains(type) || type.EndsWith("Options", StringComparison.Ordinal) || type.EndsWith("OptionsCheck", StringComparison.Ordinal) || type.EndsWith("Metrics", StringComparison.Ordinal),
        _ => false,
    });
}
