using Carillon.Campaigns;
using Carillon.Servers;
using Microsoft.Extensions.Options;

namespace Carillon.Hosting;

/// <summary>All errors at once, each with its key.</summary>
public sealed class GrainOptionsCheck : IValidateOptions<ServerOptions>, IValidateOptions<CampaignOptions>
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public ValidateOptionsResult Validate(string? name, ServerOptions options) => All(
        Range("Servers:SendInterval", options.SendInterval, Second / 1000, Second),
        Range("Servers:CheckInterval", options.CheckInterval, Second / 10, Second * 3600),
        Range("Servers:ChannelGrace", options.ChannelGrace, Second, Second * 600),
        Range("Servers:Lease", options.Lease, Second, Second * 60),
        Range("Servers:UnreachableCallTimeout", options.UnreachableCallTimeout, TimeSpan.Zero, Second * 86_400));

    public ValidateOptionsResult Validate(string? name, CampaignOptions options) => All(
        Range("Campaigns:InCallRest", options.InCallRest, Second / 100, Second * 3600),
        Range("Campaigns:PreviewAway", options.PreviewAway, Second, Second * 3600));

    static string? Range(string key, TimeSpan value, TimeSpan least, TimeSpan most) => value >= least && value <= most ? null : $"{key} must be from {least} to {most}; it is {value}.";

    static ValidateOptionsResult All(params string?[] problems) =>
        problems.Any(p => p is not null) ? ValidateOptionsResult.Fail(problems.OfType<string>()) : ValidateOptionsResult.Success;
}
