using Orleans;

namespace Carillon.Campaigns;

/// <summary>
/// Asterisk's AMD application listens to whoever answered before the call goes on. The parameters are AMD's own
/// (https://docs.asterisk.org/Latest_API/API_Documentation/Dialplan_Applications/AMD/) and override amd.conf; the defaults are slower than Asterisk's to
/// call somebody a machine, because a person hung up on costs more than an agent who meets a machine. What AMD is not sure of is a person.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record MachineDetection
{
    /// <summary>Default HangUp.</summary>
    [Id(0)] public MachineAction OnMachine { get; init; }

    /// <summary>The sound that LeaveMessage plays after the beep, as <c>Playback</c> names it: no extension, below the server's sounds.</summary>
    [Id(1)] public string? Message { get; init; }

    /// <summary>Silence from the answer on that makes a machine. Default 5 s, the whole time of analysis: people who lift and wait are no machines.</summary>
    [Id(2)] public TimeSpan InitialSilence { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Speech without a pause that makes a machine. Default 2 s.</summary>
    [Id(3)] public TimeSpan Greeting { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Silence after speech that makes a person. Default 0.8 s.</summary>
    [Id(4)] public TimeSpan AfterGreetingSilence { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>After this AMD gives up, and the call is a person's. Default 5 s.</summary>
    [Id(5)] public TimeSpan TotalAnalysisTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Sound shorter than this is no word. Default 0.1 s.</summary>
    [Id(6)] public TimeSpan MinimumWordLength { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Silence that ends a word. Default 0.05 s.</summary>
    [Id(7)] public TimeSpan BetweenWordsSilence { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>More words than this in the greeting make a machine. Default 5.</summary>
    [Id(8)] public int MaximumWords { get; init; } = 5;

    /// <summary>Sound below this level, 0 to 32767, is silence. Default 256.</summary>
    [Id(9)] public int SilenceThreshold { get; init; } = 256;

    /// <summary>One word longer than this makes a machine. Default 5 s.</summary>
    [Id(10)] public TimeSpan MaximumWordLength { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>LeaveMessage waits for this much silence, which is the end of greeting and beep. Default 0.8 s.</summary>
    [Id(11)] public TimeSpan MessageAfterSilence { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>A machine that has not fallen silent after this long gets the message anyway. Default 30 s.</summary>
    [Id(12)] public TimeSpan MessageAfterAtMost { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>What becomes of a call that a machine answered.</summary>
public enum MachineAction
{
    HangUp,
    LeaveMessage,
    /// <summary>It goes where people's calls go; what AMD said stays in the record.</summary>
    TreatAsHuman,
}
