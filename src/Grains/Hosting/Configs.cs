using Carillon.Agents;
using Carillon.Calendars;
using Carillon.Campaigns;
using Carillon.Contacts;
using Carillon.Queues;
using Carillon.Schedules;
using Carillon.Servers;
using Carillon.Storage;

namespace Carillon.Hosting;

/// <summary>The configs that grains read.</summary>
sealed record Configs(
    ConfigStore<ServerConfig> Servers, ConfigStore<TrunkConfig> Trunks, ConfigStore<QueueConfig> Queues,
    ConfigStore<ScheduleConfig> Schedules, ConfigStore<CampaignConfig> Campaigns, ConfigStore<AgentConfig> Agents,
    ConfigStore<CalendarConfig> Calendars, ConfigStore<ContactRuleConfig> ContactRules);
