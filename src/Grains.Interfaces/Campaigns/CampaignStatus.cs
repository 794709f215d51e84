namespace Carillon.Campaigns;

public enum CampaignStatus
{
    /// <summary>Nothing is dialed. Calls that were running when it stopped are left to end.</summary>
    Stopped,
    /// <summary>In work: dials whenever its schedule is open and agents are free.</summary>
    Running,
    /// <summary>Nothing new is dialed until it is resumed.</summary>
    Paused,
    /// <summary>Nothing new is dialed; becomes Stopped when its last call has ended.</summary>
    Draining,
    /// <summary>No lead is left that could be dialed, now or later. New leads set it to work again after a start.</summary>
    Finished,
}
