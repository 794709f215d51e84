namespace Carillon.Campaigns;

/// <summary>How campaigns are driven.</summary>
public sealed class CampaignOptions
{
    /// <summary>How long a lead is left alone whose number is in another call of ours. Default 10 s.</summary>
    public TimeSpan InCallRest { get; set; } = TimeSpan.FromSeconds(10);
}
