using Carillon.Agents;
using Carillon.Calendars;
using Carillon.Campaigns;
using Carillon.Contacts;
using Carillon.Dispositions;
using Carillon.Queues;
using Carillon.Schedules;
using Carillon.Servers;
using Carillon.Users;

namespace Carillon.Storage;

/// <summary>What the store must know of a kind of config: its word, and where its name and group stand.</summary>
public sealed record ConfigKind<T>(string Word, Func<T, string> Name, Func<T, string?> Group);

public static class ConfigKinds
{
    public static ConfigKind<ServerConfig> Server { get; } = new("server", c => c.Name, _ => null);
    public static ConfigKind<TrunkConfig> Trunk { get; } = new("trunk", c => c.Name, _ => null);
    public static ConfigKind<QueueConfig> Queue { get; } = new("queue", c => c.Name, c => c.Group);
    public static ConfigKind<ScheduleConfig> Schedule { get; } = new("schedule", c => c.Name, c => c.Group);
    public static ConfigKind<CalendarConfig> Calendar { get; } = new("calendar", c => c.Name, _ => null);
    public static ConfigKind<ContactRuleConfig> ContactRule { get; } = new("contact-rule", c => c.Name, _ => null);
    public static ConfigKind<CampaignConfig> Campaign { get; } = new("campaign", c => c.Name, c => c.Group);
    public static ConfigKind<AgentConfig> Agent { get; } = new("agent", c => c.Name, c => c.Group);
    public static ConfigKind<DispositionConfig> Disposition { get; } = new("disposition", c => c.Name, c => c.Group);
    public static ConfigKind<GroupConfig> Group { get; } = new("group", c => c.Name, _ => null);
    public static ConfigKind<UserConfig> User { get; } = new("user", c => c.Login, _ => null);
}
