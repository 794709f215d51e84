using Carillon.Api.Problems;
using Carillon.Campaigns;
using Carillon.Servers;

namespace Carillon.Api.Campaigns;

/// <summary>Whether a server could do with answered calls what a campaign asks for.</summary>
static class AnswerRules
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static void Check(CampaignConfig config, FieldErrors errors)
    {
        if (config.Mode == PacingMode.Agentless) Agentless(config, errors);
        else errors.AddIf(config.Agentless is not null, "agentless", "A message or script is for the mode Agentless only: set the mode, or leave it out.");
        if (config.Connect is { } connect) Connect(connect, config, errors);
        if (config.MachineDetection is not { } detection) return;
        errors.AddIf(config.AgentFirst, "machineDetection", "With agentFirst an agent is on the line before anybody answers, so there is no time for AMD: leave one of them out.");
        Detection(detection, errors);
    }

    static void Agentless(CampaignConfig config, FieldErrors errors)
    {
        errors.AddIf(config.AgentFirst, "agentFirst", "Without agents no agent can be rung first: leave it out.");
        if (config.Agentless is not { } agentless)
        {
            errors.Add("agentless", "The mode Agentless needs a message, or a context and an extension of the dialplan.");
            return;
        }
        if (agentless.Message is not null)
        {
            Add("agentless.message", AnswerText.SoundProblem(agentless.Message));
            errors.AddIf(agentless.Context is not null || agentless.Extension is not null, "agentless.context", "A campaign has a message or a script, not both.");
            if (agentless.Keys is not null) Add("agentless.keys", AnswerText.KeysProblem(agentless.Keys));
            errors.Range(agentless.KeyTimeout, Second, 60 * Second, "agentless.keyTimeout");
            return;
        }
        Add("agentless.context", AnswerText.PlaceProblem(agentless.Context));
        Add("agentless.extension", AnswerText.PlaceProblem(agentless.Extension));
        errors.AddIf(agentless.Keys is not null, "agentless.keys", "Keys belong to a message; a script reads its own.");

        void Add(string field, string? problem) => errors.AddIf(problem is not null, field, problem ?? "");
    }

    static void Connect(ConnectConfig connect, CampaignConfig config, FieldErrors errors)
    {
        if (config.Mode == PacingMode.Agentless) errors.Add("connect", "Without agents there is nobody to connect: agentless names a script of the dialplan.");
        errors.AddIf(config.AgentFirst || config.Mode == PacingMode.Preview, "connect", "An agent who was rung first is on the line when the customer answers: the dialplan has nothing to do with such calls.");
        foreach (var (field, place) in new[] { ("connect.context", connect.Context), ("connect.extension", connect.Extension) })
            errors.AddIf(AnswerText.PlaceProblem(place) is not null, field, AnswerText.PlaceProblem(place) ?? "");
        errors.Range(connect.Priority, 1, 1000, "connect.priority");
    }

    static void Detection(MachineDetection d, FieldErrors errors)
    {
        if (d.OnMachine == MachineAction.LeaveMessage || d.Message is not null)
            errors.AddIf(AnswerText.SoundProblem(d.Message) is not null, "machineDetection.message", AnswerText.SoundProblem(d.Message) ?? "");
        Within(d.TotalAnalysisTime, Second, 15 * Second, "totalAnalysisTime");
        Within(d.InitialSilence, Second / 10, 15 * Second, "initialSilence");
        Within(d.Greeting, Second / 10, 15 * Second, "greeting");
        Within(d.AfterGreetingSilence, Second / 10, 5 * Second, "afterGreetingSilence");
        Within(d.MinimumWordLength, Second / 100, Second, "minimumWordLength");
        Within(d.BetweenWordsSilence, Second / 100, Second, "betweenWordsSilence");
        Within(d.MaximumWordLength, Second / 10, 15 * Second, "maximumWordLength");
        Within(d.MessageAfterSilence, Second / 10, 10 * Second, "messageAfterSilence");
        Within(d.MessageAfterAtMost, Second, 120 * Second, "messageAfterAtMost");
        errors.Range(d.MaximumWords, 1, 50, "machineDetection.maximumWords");
        errors.Range(d.SilenceThreshold, 1, 32767, "machineDetection.silenceThreshold");

        void Within(TimeSpan value, TimeSpan from, TimeSpan to, string field) => errors.Range(value, from, to, $"machineDetection.{field}");
    }
}
