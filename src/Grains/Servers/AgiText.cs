using System.Globalization;
using Carillon.Campaigns;

namespace Carillon.Servers;

/// <summary>AGI commands and their answers as text (https://docs.asterisk.org/Latest_API/API_Documentation/AGI_Commands/). Names in them were checked before they got here.</summary>
static class AgiText
{
    public static AgiCommand Verdict { get; } = new(AnswerStep.Verdict, "GET FULL VARIABLE \"${AMDSTATUS}/${AMDCAUSE}\"");

    public static AgiCommand HangUp { get; } = new(AnswerStep.End, "HANGUP");

    static readonly AgiCommand Free = AutoHangup(AnswerStep.Free, TimeSpan.Zero);

    static readonly AgiCommand WasPlayed = new(AnswerStep.Played, "GET FULL VARIABLE \"${PLAYBACKSTATUS}\"");

    /// <summary>The channel hangs up after this time; zero: no more.</summary>
    public static AgiCommand AutoHangup(AnswerStep step, TimeSpan after) => new(step, $"SET AUTOHANGUP {Seconds(after)}");

    public static AgiCommand Amd(MachineDetection d) => Execute(AnswerStep.Amd, "AMD",
        Millis(d.InitialSilence), Millis(d.Greeting), Millis(d.AfterGreetingSilence), Millis(d.TotalAnalysisTime), Millis(d.MinimumWordLength), Millis(d.BetweenWordsSilence),
        Text(d.MaximumWords), Text(d.SilenceThreshold), Millis(d.MaximumWordLength));

    public static IReadOnlyList<AgiCommand> ForPerson(AnswerPlan plan) => plan switch
    {
        { Agentless: { Message: { } message, Keys: { } keys } agentless } =>
            [Free, new(AnswerStep.Key, $"GET OPTION \"{message}\" \"{keys}\" {Millis(agentless.KeyTimeout)}"), HangUp],
        { Agentless.Message: { } message } => [Free, Execute(AnswerStep.Go, "Playback", message), WasPlayed, HangUp],
        { Place: { } place } => [Free, new(AnswerStep.Go, $"GOSUB {place.Context} {place.Extension} {Text(place.Priority)}"), HangUp],
        _ => [Free, Execute(AnswerStep.Go, "Queue", plan.QueueName!, "", "", "", plan.QueueTimeout > TimeSpan.Zero ? Seconds(plan.QueueTimeout) : ""), HangUp],
    };

    public static IReadOnlyList<AgiCommand> ForMachine(MachineDetection d) => d is { OnMachine: MachineAction.LeaveMessage, Message: { } message }
        ?
        [
            Free, Execute(AnswerStep.Silence, "WaitForSilence", Millis(d.MessageAfterSilence), "1", Seconds(d.MessageAfterAtMost)),
            Execute(AnswerStep.Go, "Playback", message), WasPlayed, HangUp,
        ]
        : [HangUp];

    public static bool NoSuchApplication(string result) => Code(result) == -2;

    public static bool Failed(string result) => Code(result) < 0;

    /// <summary>What stands in brackets: <c>200 result=1 (HUMAN/HUMAN-800-800)</c>.</summary>
    public static string Value(string result)
    {
        var (open, close) = (result.IndexOf('(', StringComparison.Ordinal), result.LastIndexOf(')'));
        return open >= 0 && close > open ? result[(open + 1)..close] : "";
    }

    /// <summary>The key whose character code is the result.</summary>
    public static string? Key(string result) => Code(result) is { } code and ('*' or '#' or >= '0' and <= '9') ? ((char)code).ToString() : null;

    static int? Code(string result)
    {
        const string Before = "200 result=";
        if (!result.StartsWith(Before, StringComparison.Ordinal)) return null;
        var text = result.AsSpan(Before.Length);
        var end = text.IndexOfAny(' ', '\n');
        return int.TryParse(end < 0 ? text : text[..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) ? code : null;
    }

    static AgiCommand Execute(AnswerStep step, string application, params string[] arguments) => new(step, $"EXEC {application} \"{string.Join(',', arguments).TrimEnd(',')}\"");

    static string Millis(TimeSpan time) => Text((int)time.TotalMilliseconds);

    static string Seconds(TimeSpan time) => Text((int)Math.Ceiling(time.TotalSeconds));

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
