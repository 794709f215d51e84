using Carillon.Api;
using Carillon.Campaigns;
using Carillon.Hosting;
using Carillon.Servers;
using Carillon.Storage;
using Microsoft.Extensions.Options;

namespace Carillon.Silo;

/// <summary>All that the node is told, read and checked before anything else is done.</summary>
sealed record NodeSettings(NodeOptions Node, ApiOptions Api, ClusterOptions Cluster, StorageOptions Storage)
{
    /// <exception cref="OptionsValidationException">All that is wrong, each with its key.</exception>
    public static NodeSettings Read(IConfigurationManager configuration, IReadOnlyList<string> args)
    {
        var problems = new List<string>();
        configuration.AddInMemoryCollection(CommandLine.Read(args, problems));
        SecretFiles.Add(configuration, problems);
        var settings = new NodeSettings(Section<NodeOptions>("Node"), Section<ApiOptions>("Api"), Section<ClusterOptions>("Cluster"), Section<StorageOptions>("Storage"));
        var (servers, campaigns) = (Section<ServerOptions>("Servers"), Section<CampaignOptions>("Campaigns"));
        Add(new NodeOptionsCheck().Validate(null, settings.Node));
        Add(new ApiOptionsCheck().Validate(null, settings.Api));
        problems.AddRange([.. settings.Cluster.Problems(), .. settings.Storage.Problems()]);
        Add(new GrainOptionsCheck().Validate(null, servers));
        Add(new GrainOptionsCheck().Validate(null, campaigns));
        return problems.Count == 0 ? settings : throw new OptionsValidationException("Node", typeof(NodeOptions), problems);

        T Section<T>(string name) where T : new() => SettingsSection.Read<T>(configuration.GetSection(name), problems);

        void Add(ValidateOptionsResult result) => problems.AddRange(result.Failures ?? []);
    }
}
