using System.Text.Json.Nodes;
using Carillon.Api.Access;
using Carillon.Numbers;
using Carillon.Servers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Carillon.Api.OpenApi;

/// <summary>What the framework cannot see: how to sign in, who may call what, and what refusals look like.</summary>
static class OpenApiDocumentation
{
    static readonly HashSet<Type> Words =
        [typeof(CampaignId), typeof(ServerId), typeof(TrunkId), typeof(QueueId), typeof(ScheduleId), typeof(AgentId), typeof(AttemptId), typeof(PhoneNumber)];

    public static IServiceCollection AddCarillonOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) => Describe(document));
        options.AddOperationTransformer((operation, context, _) => Describe(operation, context));
        options.AddSchemaTransformer((schema, context, _) => Describe(schema, context));
    });

    static Task Describe(OpenApiDocument document)
    {
        document.Info = new() { Title = "Carillon", Version = "v1", Description = "Campaigns, numbers, calls and Asterisk servers of a Carillon dialer." };
        document.Servers?.Clear();
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: Authorization: Bearer <key>." },
            ["session"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = Sessions.CookieName,
                Description = "The cookie that POST /api/v1/session sets. Changes also need the header X-Requested-With, or a browser's same-origin request.",
            },
        };
        return Task.CompletedTask;
    }

    static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Responses ??= [];
        var open = metadata.OfType<IAllowAnonymous>().Any();
        if (!open)
        {
            OpenApiSecurityRequirement By(string scheme) => new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
            operation.Security = [By("key"), By("session")];
            Problem(operation, "401", "Nobody is signed in, or the key is wrong.", "Sign in, or send an API key: Authorization: Bearer <key>.");
        }
        if (metadata.OfType<LeastRole>().LastOrDefault() is { } least)
        {
            operation.Extensions = new Dictionary<string, IOpenApiExtension> { ["x-carillon-role"] = new JsonNodeExtension(JsonValue.Create(least.Role.ToString())) };
            Problem(operation, "403", $"The caller's role is below {least.Role}.", $"This needs the role {least.Role}.");
        }
        Problem(operation, "400", "The request has errors; each names its field.", "The request has errors.",
            new JsonObject { ["trunks"] = new JsonArray("There is no trunk t1.") });
        return Task.CompletedTask;
    }

    static void Problem(OpenApiOperation operation, string status, string description, string detail, JsonObject? errors = null)
    {
        var example = new JsonObject { ["status"] = int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), ["detail"] = detail };
        if (errors is not null) example["errors"] = errors;
        operation.Responses![status] = new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Example = example } },
        };
    }

    static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (Words.Contains(type)) Text(schema, null);
        else if (type == typeof(TimeSpan)) Text(schema, "00:03:00");
        else if (type == typeof(TimeOnly)) Text(schema, "09:30");
        if (type == typeof(ServerConfig) && schema.Properties?.TryGetValue("secret", out var secret) == true && secret is OpenApiSchema writable)
        {
            writable.WriteOnly = true;
            writable.Description = "Never read out. Required when a server is made; left out of an edit, it stays as it is.";
        }
        return Task.CompletedTask;
    }

    static void Text(OpenApiSchema schema, string? example)
    {
        schema.Type = JsonSchemaType.String;
        schema.Format = null;
        schema.Pattern = null;
        schema.Properties?.Clear();
        schema.Required?.Clear();
        if (example is not null) schema.Examples = [JsonValue.Create(example)];
    }
}
