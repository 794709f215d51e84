using Carillon.Campaigns;
using Carillon.Queues;
using Orleans;

namespace Carillon.Servers;

/// <summary>What a server does with a call once it is answered.</summary>
[GenerateSerializer, Immutable]
public sealed record AnswerPlan
{
    /// <summary>The app_queue's name on the server; null for an Agentless campaign.</summary>
    [Id(0)] public string? QueueName { get; init; }

    /// <summary>How long an answered call may wait in the queue. Zero: as long as the queue lets it.</summary>
    [Id(1)] public TimeSpan QueueTimeout { get; init; }

    /// <summary>Instead of a queue.</summary>
    [Id(2)] public AgentlessConfig? Agentless { get; init; }

    /// <summary>Null: whoever answers is taken for a person.</summary>
    [Id(3)] public MachineDetection? Detection { get; init; }

    /// <summary>Instead of the application Queue.</summary>
    [Id(4)] public ConnectConfig? Connect { get; init; }

    /// <summary>Where in the dialplan the call goes on; null: in an application.</summary>
    public ConnectConfig? Place => Agentless is null ? Connect : Agentless is { Message: null } script ? new() { Context = script.Context ?? "", Extension = script.Extension ?? "" } : null;

    /// <summary>The call is led by commands (AGI over AMI), because what comes next depends on what is heard.</summary>
    public bool NeedsCommands => Detection is not null || Agentless is { Message: not null };

    public static AnswerPlan Of(CampaignConfig campaign, QueueConfig? queue) => new()
    {
        QueueName = queue?.NameInAsterisk,
        QueueTimeout = queue?.MaxWait ?? TimeSpan.Zero,
        Agentless = campaign.Mode == PacingMode.Agentless ? campaign.Agentless : null,
        Detection = campaign.AgentFirst ? null : campaign.MachineDetection,
        Connect = campaign.Connect,
    };
}
