using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Dispositions;
using Carillon.Users;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Dispositions;

static class DispositionsApi
{
    public static void MapDispositions(this RouteGroupBuilder api)
    {
        api.MapConfigs<DispositionConfig>("dispositions");
        api.MapCallDispositions();
    }
}

/// <summary>Nothing uses a disposition: what was said of a call holds its meaning.</summary>
sealed class DispositionConfigRules : ConfigRules<DispositionConfig>
{
    public override string Noun => "disposition";
    public override string? GroupOf(DispositionConfig config) => config.Group;
    public override string NameOf(DispositionConfig config) => config.Name;

    public override Task Check(DispositionConfig config, DispositionConfig? before, Caller caller, FieldErrors errors, CancellationToken cancel)
    {
        foreach (var problem in DispositionValidation.Validate(config)) errors.Add(problem.Field, problem.Text);
        return Task.CompletedTask;
    }
}
