namespace Carillon.Campaigns;

/// <summary>How campaigns are driven.</summary>
public sealed class CampaignOptions
{
    /// <summary>How long a lead is left alone whose number is in another call of ours. Default 10 s.</summary>
    public TimeSpan InCallRest { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Preview: an agent who has not asked for so long has gone away. Their lead is shown to somebody else, and is not dialed to an empty chair. Default 10 s.
    /// </summary>
    public TimeSpan PreviewAway { get; set; } = TimeSpan.FromSeconds(10);
}
